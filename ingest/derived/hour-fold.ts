import { hourMs } from "../../calendar/index.ts";
import type { Reading } from "../../devices/index.ts";

/** What a device's clock may be ahead; beyond it nobody knows to which hour a reading belongs. */
export const clockToleranceMs = 300_000;

/** Quantities of which hours, days and nights are made. */
export const folded = [
  "air.temperature",
  "air.relativeHumidity",
  "light.solarIrradiance",
  "wind.speed",
  "leaf.wetness",
  "water.level",
] as const;
export type Folded = (typeof folded)[number];

/** Count, sum, least, greatest and time of the newest. */
type Sum = readonly [count: number, sum: number, min: number, max: number, newestMs: number];

/** Of one quantity in one hour. */
export interface HourValue {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface Hour {
  readonly startMs: number;
  readonly values: Readonly<Partial<Record<Folded, HourValue>>>;
}

/** As JSON. */
export interface SavedHour {
  readonly startMs: number;
  readonly sums: Readonly<Record<string, Sum>>;
}

/**
 * Gathers one device's readings by the hour. Readings that are late or repeated change nothing, so that the same journal
 * gives the same hours however often it is read.
 */
export class HourFold {
  #startMs: number;
  readonly #sums: Map<string, Sum>;

  constructor(saved: SavedHour | null) {
    this.#startMs = saved?.startMs ?? Number.NEGATIVE_INFINITY;
    this.#sums = new Map(Object.entries(saved?.sums ?? {}));
  }

  /** @returns the hour before, when this reading is the first of a later one */
  take({ quantity, measuredAtMs, receivedAtMs, value }: Reading): Hour | null {
    if (measuredAtMs > receivedAtMs + clockToleranceMs) return null;
    const startMs = Math.floor(measuredAtMs / hourMs) * hourMs;
    if (startMs < this.#startMs) return null;
    const closed = this.closeBefore(startMs);
    const [count, sum, min, max, newestMs] = this.#sums.get(quantity) ?? none;
    if (measuredAtMs > newestMs) {
      const added: Sum = [count + 1, sum + value, Math.min(min, value), Math.max(max, value), measuredAtMs];
      this.#sums.set(quantity, added);
    }
    return closed;
  }

  /** Start of the hour that is going on. */
  get startMs(): number {
    return this.#startMs;
  }

  /** @returns the hour that was going on, when this time lies in a later one */
  closeBefore(atMs: number): Hour | null {
    const startMs = Math.floor(atMs / hourMs) * hourMs;
    return startMs > this.#startMs ? this.#close(startMs) : null;
  }

  #close(nextMs: number): Hour | null {
    const values = Object.fromEntries(
      [...this.#sums].map(([quantity, [count, sum, min, max]]) => [
        quantity,
        { mean: sum / count, min, max },
      ]),
    );
    const closed = this.#sums.size === 0 ? null : { startMs: this.#startMs, values };
    this.#sums.clear();
    this.#startMs = nextMs;
    return closed;
  }

  save(): SavedHour | null {
    if (this.#sums.size === 0) return null;
    return { startMs: this.#startMs, sums: Object.fromEntries(this.#sums) };
  }
}

const none: Sum = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
