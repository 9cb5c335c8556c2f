import { z } from "zod";
import type { ReadingRule, Saved, Watcher } from "../rule.ts";
import { commonParts, complainWhenUnreachable, ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";

/** Fires when a value stays beyond a limit. */
export const threshold = z
  .strictObject({
    kind: z.literal("threshold"),
    ...ruleFields,
    quantity: watchedQuantity,
    above: z.number().optional().describe("Fires above this value, in the quantity's unit."),
    below: z.number().optional().describe("Fires below this value. One of the two."),
    clear: z
      .number()
      .optional()
      .describe("Resolves once this value is reached again; the limit itself when not given."),
    forMs: spanMs
      .default(0)
      .describe("Fires only when every reading over this time of the device's clock was beyond the limit."),
  })
  .superRefine((config, context) => {
    const { above, below, clear } = config;
    complainWhenUnreachable(config, context);
    if ((above === undefined) === (below === undefined))
      context.addIssue({ code: "custom", message: "needs either `above` or `below`" });
    else if (clear !== undefined && (above !== undefined ? clear > above : clear < below!))
      context.addIssue({
        code: "custom",
        path: ["clear"],
        message: "lies beyond the limit, so it could never resolve",
      });
  })
  .transform((config): ReadingRule => {
    const { quantity, above, below, forMs } = config;
    // A limit from below is a limit from above with the axis turned round.
    const sign = above === undefined ? -1 : 1;
    const limit = (above ?? below)!;
    const clear = config.clear ?? limit;
    return {
      ...commonParts(config, ["threshold", quantity, sign, limit, clear, forMs]),
      watches: "readings",
      quantity,
      limit,
      watch: (saved) => new LimitWatcher({ sign, limit, clear, forMs }, saved),
    };
  });

interface Bounds {
  readonly sign: 1 | -1;
  readonly limit: number;
  readonly clear: number;
  readonly forMs: number;
}

class LimitWatcher implements Watcher {
  readonly #bounds: Bounds;
  #firing: boolean;
  #beyond: boolean;
  sinceMs: number;
  judged = Number.NaN;

  constructor(bounds: Bounds, saved: Saved | null) {
    this.#bounds = bounds;
    this.#beyond = saved !== null;
    this.sinceMs = saved === null ? 0 : (saved[0] as number);
    this.#firing = saved?.[1] === 1;
  }

  judge(measuredAtMs: number, value: number): boolean {
    const { sign, limit, clear, forMs } = this.#bounds;
    this.judged = value;
    if (this.#firing) {
      if (sign * value <= sign * clear) this.#beyond = this.#firing = false;
      return this.#firing;
    }
    // Between the limit and the clear value nothing is held against anybody: it restarts the hold time.
    const wasBeyond = this.#beyond;
    this.#beyond = sign * value > sign * limit;
    if (this.#beyond && !(wasBeyond && this.sinceMs <= measuredAtMs)) this.sinceMs = measuredAtMs;
    this.#firing = this.#beyond && measuredAtMs - this.sinceMs >= forMs;
    return this.#firing;
  }

  save(): Saved | null {
    return this.#beyond ? [this.sinceMs, this.#firing ? 1 : 0] : null;
  }
}
