import type { LevelsWatcher } from "./levels.ts";
import type { Saved, Severity, Watcher } from "./rule.ts";

/** What the readings so far come to, to be held against the limits. */
export interface Step {
  /** Device time for which it holds. */
  readonly atMs: number;
  /** Null when nothing can be said: that proves nothing, so it breaks a run. */
  readonly value: number | null;
  /** What people are told; the value when left out. */
  readonly judged?: number;
  /** Whether something lies between this and the last step of which nothing is known. */
  readonly afterGap?: boolean;
}

/** Makes one stream of values out of another: days out of readings, a forecast out of a trend. */
export interface Transform {
  /** Takes a reading; null when it brings nothing to judge. */
  take(measuredAtMs: number, value: number, quantity: string): Step | null;
  save(): Saved;
}

/** Judges what a transform makes of the readings. */
export class TransformedWatcher implements Watcher {
  readonly #transform: Transform;
  readonly #begin: (saved: Saved | null) => LevelsWatcher;
  #levels: LevelsWatcher;
  judged: number;

  constructor(
    transform: (saved: Saved | null) => Transform,
    begin: (saved: Saved | null) => LevelsWatcher,
    saved: Saved | null,
  ) {
    const [transformed, levels, judged] = saved ?? [];
    this.#transform = transform((transformed as Saved | undefined) ?? null);
    this.#begin = begin;
    const remembered = levels as Saved | undefined;
    this.#levels = begin(remembered?.length ? remembered : null);
    this.judged = (judged as number | undefined) ?? Number.NaN;
  }

  judge(measuredAtMs: number, value: number, quantity: string): Severity | null {
    const step = this.#transform.take(measuredAtMs, value, quantity);
    if (step === null) return this.#levels.verdict;
    if ((step.afterGap || step.value === null) && this.#levels.verdict === null)
      this.#levels = this.#begin(null);
    if (step.value === null) return this.#levels.verdict;
    this.judged = step.judged ?? step.value;
    return this.#levels.judge(step.atMs, step.value, quantity);
  }

  get limit(): number | null {
    return this.#levels.limit;
  }

  get sinceMs(): number {
    return this.#levels.sinceMs;
  }

  save(): Saved {
    const judged = Number.isNaN(this.judged) ? [] : [this.judged];
    return [this.#transform.save(), this.#levels.save() ?? [], ...judged];
  }
}
