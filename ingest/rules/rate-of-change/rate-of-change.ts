import { z } from "zod";
import { checkLevels, type LevelWatcher, levelFields, levelsOf, namesOf } from "../levels.ts";
import type { Saved } from "../rule.ts";
import { levelledRule, ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";

const limits = {
  risesBy: z.number().positive().optional().describe("More than this upwards, in the quantity's unit."),
  fallsBy: z.number().positive().optional().describe("More than this downwards. One of the two."),
  clear: z
    .number()
    .nonnegative()
    .optional()
    .describe(
      "Resolves once the change within the window is no more than this; the limit itself when not given.",
    ),
};

/** Fires when a value has risen or fallen by more than so much within a window of the device's clock. */
export const rateOfChange = z
  .strictObject({
    kind: z.literal("rate-of-change"),
    ...ruleFields,
    quantity: watchedQuantity,
    withinMs: spanMs.positive(),
    ...levelFields(limits),
  })
  .superRefine((config, context) =>
    checkLevels(config, context, namesOf(limits), ({ risesBy, fallsBy, clear }, complain) => {
      if ((risesBy === undefined) === (fallsBy === undefined))
        complain("needs either `risesBy` or `fallsBy`");
      else if (clear !== undefined && clear > (risesBy ?? fallsBy)!)
        complain("is more than the limit; it must not be", "clear");
    }),
  )
  .transform((config) => {
    const { quantity, withinMs } = config;
    const levels = levelsOf(config, namesOf(limits));
    const bounds = levels.map(({ limits: { risesBy, fallsBy, clear } }): Bounds => {
      const limit = (risesBy ?? fallsBy)!;
      return { sign: risesBy === undefined ? -1 : 1, limit, clear: clear ?? limit, withinMs };
    });
    return levelledRule(config, levels, {
      judgedBy: [withinMs],
      quantity,
      begin: (at, saved) => new ChangeWatcher(bounds[at]!, saved),
    });
  });

interface Bounds {
  readonly sign: 1 | -1;
  readonly limit: number;
  readonly clear: number;
  readonly withinMs: number;
}

/** Parts of the window that are told apart: bounds the memory of a device that sends every second. */
const steps = 64;

/**
 * Compares each value with the lowest of the window before it (a fall is a rise with the axis turned round). Only values
 * that can still become the lowest are kept: each later than the one before, and higher. Two of them are at least
 * 1/64 of the window apart, so a device slower than that is judged exactly, and a faster one may be told of a
 * change up to 1/64 of the window too late.
 */
class ChangeWatcher implements LevelWatcher {
  readonly #bounds: Bounds;
  readonly #timesMs: number[];
  readonly #values: number[];
  #firing: boolean;
  sinceMs = 0;
  judged = 0;

  constructor(bounds: Bounds, saved: Saved | null) {
    this.#bounds = bounds;
    this.#firing = saved?.[0] === 1;
    this.#timesMs = [...((saved?.[1] as readonly number[] | undefined) ?? [])];
    this.#values = [...((saved?.[2] as readonly number[] | undefined) ?? [])];
  }

  get firing(): boolean {
    return this.#firing;
  }

  get limit(): number {
    return this.#bounds.limit;
  }

  judge(measuredAtMs: number, value: number): boolean {
    const { sign, limit, clear, withinMs } = this.#bounds;
    this.#remember(measuredAtMs, sign * value);
    while (this.#timesMs[0]! < measuredAtMs - withinMs) {
      this.#timesMs.shift();
      this.#values.shift();
    }
    this.judged = sign * value - this.#values[0]!;
    this.sinceMs = this.#timesMs[0]!;
    this.#firing = this.judged > (this.#firing ? clear : limit);
    return this.#firing;
  }

  save(): Saved {
    return [this.#firing ? 1 : 0, [...this.#timesMs], [...this.#values]];
  }

  #remember(atMs: number, value: number): void {
    while (this.#values.length > 0 && (this.#values.at(-1)! >= value || this.#timesMs.at(-1)! > atMs)) {
      this.#timesMs.pop();
      this.#values.pop();
    }
    const latest = this.#timesMs.at(-1);
    if (latest !== undefined && atMs - latest < this.#bounds.withinMs / steps) return;
    this.#timesMs.push(atMs);
    this.#values.push(value);
  }
}
