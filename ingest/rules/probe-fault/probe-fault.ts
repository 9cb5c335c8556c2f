import { z } from "zod";
import type { Saved, Severity, Watcher } from "../rule.ts";
import { readingRule, ruleFields, spanMs, toldFields, watchedQuantity } from "../rule-fields.ts";

/** Fires when a probe cannot be believed: it stands still, or says again and again what cannot be. */
export const probeFault = z
  .strictObject({
    kind: z.literal("probe-fault"),
    ...ruleFields,
    ...toldFields,
    quantity: watchedQuantity,
    stuckForMs: spanMs
      .positive()
      .optional()
      .describe("Fires when the value has not left a span of `stuckWithin` for so long …"),
    stuckWithin: z
      .number()
      .nonnegative()
      .default(0)
      .describe("… in the quantity's unit; 0: to the last digit the same."),
    believedFrom: z
      .number()
      .optional()
      .describe("What is less cannot be, here; narrower than the catalogue, which holds everywhere."),
    believedTo: z.number().optional().describe("What is more cannot be, here."),
    refusals: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe(
        "So many values running that cannot be: unbelieved here, refused by the catalogue, or error codes.",
      ),
  })
  .superRefine(({ believedFrom, believedTo }, context) => {
    if (believedFrom !== undefined && believedTo !== undefined && believedFrom >= believedTo)
      context.addIssue({ code: "custom", path: ["believedFrom"], message: "must be less than `believedTo`" });
  })
  .transform((config) => {
    const { quantity, severity, stuckForMs, stuckWithin, refusals } = config;
    const believed = {
      from: config.believedFrom ?? Number.NEGATIVE_INFINITY,
      to: config.believedTo ?? Number.POSITIVE_INFINITY,
    };
    const bounds = { stuckForMs: stuckForMs ?? Number.POSITIVE_INFINITY, stuckWithin, believed, refusals };
    return readingRule(config, {
      severity,
      told: () => config,
      judgedBy: [stuckForMs, stuckWithin, config.believedFrom, config.believedTo, refusals],
      quantity,
      watch: (saved) => new ProbeWatcher({ ...bounds, severity }, saved),
    });
  });

interface Bounds {
  readonly stuckForMs: number;
  readonly stuckWithin: number;
  readonly believed: { readonly from: number; readonly to: number };
  readonly refusals: number;
  readonly severity: Severity;
}

class ProbeWatcher implements Watcher {
  readonly #bounds: Bounds;
  /** Values that could not be, running. */
  #refused: number;
  #refusedSinceMs: number;
  /** The span in which the value has stood, and since when. */
  #low: number;
  #high: number;
  #stoodSinceMs: number;
  #newestMs: number;
  judged: number;
  readonly limit = null;

  constructor(bounds: Bounds, saved: Saved | null) {
    this.#bounds = bounds;
    const [refused = 0, refusedSinceMs = 0, stood = []] = (saved ?? []) as [number?, number?, number[]?];
    this.#refused = refused;
    this.#refusedSinceMs = refusedSinceMs;
    this.#low = stood[0] ?? Number.POSITIVE_INFINITY;
    this.#high = stood[1] ?? Number.NEGATIVE_INFINITY;
    this.#stoodSinceMs = stood[2] ?? 0;
    this.#newestMs = stood[3] ?? 0;
    this.judged = stood[4] ?? Number.NaN;
  }

  judge(measuredAtMs: number, value: number): Severity | null {
    const { from, to } = this.#bounds.believed;
    this.judged = value;
    if (value < from || value > to) return this.refuse(measuredAtMs);
    this.#refused = 0;
    this.#stand(measuredAtMs, value);
    return this.#verdict;
  }

  refuse(measuredAtMs: number): Severity | null {
    if (this.#refused === 0 || this.#refusedSinceMs > measuredAtMs) this.#refusedSinceMs = measuredAtMs;
    this.#refused = Math.min(this.#refused + 1, this.#bounds.refusals);
    return this.#verdict;
  }

  get #verdict(): Severity | null {
    return this.#isRefused || this.#isStuck ? this.#bounds.severity : null;
  }

  get #isRefused(): boolean {
    return this.#refused >= this.#bounds.refusals;
  }

  get #isStuck(): boolean {
    return this.#newestMs - this.#stoodSinceMs >= this.#bounds.stuckForMs;
  }

  get sinceMs(): number {
    return this.#isRefused ? this.#refusedSinceMs : this.#stoodSinceMs;
  }

  #stand(atMs: number, value: number): void {
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
    const moved = this.#high - this.#low > this.#bounds.stuckWithin;
    if (moved || this.#stoodSinceMs === 0 || atMs < this.#newestMs) {
      this.#low = this.#high = value;
      this.#stoodSinceMs = atMs;
    }
    this.#newestMs = atMs;
  }

  save(): Saved | null {
    if (!Number.isFinite(this.#low))
      return this.#refused === 0 ? null : [this.#refused, this.#refusedSinceMs];
    const stood = [this.#low, this.#high, this.#stoodSinceMs, this.#newestMs, this.judged];
    return [this.#refused, this.#refusedSinceMs, stood];
  }
}
