import type { LevelWatcher } from "./levels.ts";
import type { Saved } from "./rule.ts";

/** What a value is held against. */
export interface Bounds {
  beyond(value: number): boolean;
  /** Whether it is well again; asked only while firing. */
  cleared(value: number): boolean;
  /** The limit that this value has passed, or would pass first. */
  limitFor(value: number): number;
  readonly forMs: number;
}

/**
 * Fires when every reading over a time was beyond the bounds. One reading back inside restarts the hold time; once it
 * fires, only a reading that is cleared ends it.
 */
export class HeldWatcher implements LevelWatcher {
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

  get firing(): boolean {
    return this.#firing;
  }

  get limit(): number {
    return this.#bounds.limitFor(this.judged);
  }

  judge(measuredAtMs: number, value: number): boolean {
    this.judged = value;
    if (this.#firing) {
      if (this.#bounds.cleared(value)) this.#beyond = this.#firing = false;
      return this.#firing;
    }
    // Between the limit and the clear value nothing is held against anybody: it restarts the hold time.
    const wasBeyond = this.#beyond;
    this.#beyond = this.#bounds.beyond(value);
    if (this.#beyond && !(wasBeyond && this.sinceMs <= measuredAtMs)) this.sinceMs = measuredAtMs;
    this.#firing = this.#beyond && measuredAtMs - this.sinceMs >= this.#bounds.forMs;
    return this.#firing;
  }

  save(): Saved | null {
    return this.#beyond ? [this.sinceMs, this.#firing ? 1 : 0] : null;
  }
}
