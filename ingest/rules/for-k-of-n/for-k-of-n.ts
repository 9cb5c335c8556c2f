import { z } from "zod";
import { checkLevels, type LevelWatcher, levelFields, levelsOf, namesOf } from "../levels.ts";
import { checkOneLimit, isBeyond, oneLimit, type Sided, sidedOf } from "../one-limit.ts";
import type { Saved } from "../rule.ts";
import { levelledRule, ruleFields, watchedQuantity } from "../rule-fields.ts";

const { clear: _, ...limits } = oneLimit;

/** Fires when at least k of the last n readings were beyond a limit: for a value that trembles, or a probe that errs now and then. */
export const forKOfN = z
  .strictObject({
    kind: z.literal("for-k-of-n"),
    ...ruleFields,
    quantity: watchedQuantity,
    k: z.number().int().min(1).describe("So many …"),
    n: z.number().int().min(2).max(100).describe("… of the last so many readings."),
    ...levelFields(limits),
  })
  .superRefine((config, context) => {
    if (config.k > config.n)
      context.addIssue({ code: "custom", path: ["k"], message: "must not be more than `n`" });
    checkLevels(config, context, namesOf(limits), (level, complain) =>
      checkOneLimit(level, config.quantity, complain),
    );
  })
  .transform((config) => {
    const { k, n } = config;
    const levels = levelsOf(config, namesOf(limits));
    const sides = levels.map(({ limits }) => sidedOf(limits));
    return levelledRule(config, levels, {
      judgedBy: [k, n],
      quantity: config.quantity,
      begin: (at, saved) => new CountingWatcher({ sided: sides[at]!, k, n }, saved),
    });
  });

interface Counting {
  readonly sided: Sided;
  readonly k: number;
  readonly n: number;
}

/** Counts back: which of the last readings were beyond the limit, and when. */
class CountingWatcher implements LevelWatcher {
  readonly #counting: Counting;
  /** Number of the newest reading; of those before, only which were beyond is kept. */
  #number: number;
  /** Numbers and times of the readings beyond the limit among the last n. */
  readonly #numbers: number[];
  readonly #timesMs: number[];
  judged = Number.NaN;

  constructor(counting: Counting, saved: Saved | null) {
    this.#counting = counting;
    this.#number = (saved?.[0] as number | undefined) ?? 0;
    this.#numbers = [...((saved?.[1] as number[] | undefined) ?? [])];
    this.#timesMs = [...((saved?.[2] as number[] | undefined) ?? [])];
  }

  get firing(): boolean {
    return this.#numbers.length >= this.#counting.k;
  }

  get limit(): number {
    return this.#counting.sided.limit;
  }

  /** The first of those that count. */
  get sinceMs(): number {
    return this.#timesMs[0] ?? 0;
  }

  judge(measuredAtMs: number, value: number): boolean {
    this.judged = value;
    this.#number += 1;
    while (this.#numbers.length > 0 && this.#numbers[0]! <= this.#number - this.#counting.n) {
      this.#numbers.shift();
      this.#timesMs.shift();
    }
    if (isBeyond(this.#counting.sided, value)) {
      this.#numbers.push(this.#number);
      this.#timesMs.push(measuredAtMs);
    }
    return this.firing;
  }

  /** Numbers begin anew from the oldest that counts, so that they never grow. */
  save(): Saved | null {
    const first = this.#numbers[0];
    if (first === undefined) return null;
    return [this.#number - first, this.#numbers.map((number) => number - first), [...this.#timesMs]];
  }
}
