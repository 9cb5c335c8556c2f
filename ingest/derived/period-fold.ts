import { dayMs, dayStartMs, hourMs } from "../../calendar/index.ts";
import type { Reading } from "../../devices/index.ts";
import { hourlyEt0, usualClearness } from "./evapotranspiration.ts";
import { type Hour, HourFold, type SavedHour } from "./hour-fold.ts";
import { type PeriodValue, type Runs, valuesOfDay, valuesOfNight } from "./periods.ts";
import type { Surroundings } from "./surroundings.ts";

/** How far the night begins before midnight. */
const eveningMs = 6 * hourMs;

/** Quantities that count periods running. */
export const runsOf = { days: ["leaf.huttonDays", "water.dryDays"], nights: ["leaf.blastNights"] } as const;

/** A value that holds for a period, at the end of which it stands. */
export interface Ended {
  readonly quantity: string;
  readonly endMs: number;
  readonly value: number;
}

/** As JSON. */
export interface SavedPeriods {
  readonly hour: SavedHour | null;
  readonly hours: readonly Hour[];
  readonly clearness: number;
  readonly clearnessMs?: number;
  readonly runs: Runs;
}

/** The value of a quantity that counts periods running, as it stood at the end of one; 0 where nothing was told then. */
export type RunBefore = (quantity: string, endMs: number) => number;

/** Makes hours, days and nights of one device's readings; what they come to is told with the first reading after them. */
export class PeriodFold {
  readonly #hour: HourFold;
  /** Closed hours of the day, or of the night, that is going on; oldest first. */
  #hours: Hour[];
  #clearness: number;
  /** Of which hour the clearness is. */
  #clearnessMs: number;
  #runs: Record<string, number>;
  readonly #runBefore: RunBefore | null;

  /** @param runBefore for one who begins in the middle: what was told of the period before; default: what this one has seen */
  constructor(saved: SavedPeriods | null, runBefore: RunBefore | null = null) {
    this.#runBefore = runBefore;
    this.#hour = new HourFold(saved?.hour ?? null);
    this.#hours = [...(saved?.hours ?? [])];
    this.#clearness = saved?.clearness ?? usualClearness;
    this.#clearnessMs = saved?.clearnessMs ?? Number.NEGATIVE_INFINITY;
    this.#runs = { ...saved?.runs };
  }

  /** Start of the hour that is going on. */
  get openHourMs(): number {
    return this.#hour.startMs;
  }

  take(reading: Reading, surroundings: Surroundings): Ended[] {
    const hour = this.#hour.take(reading);
    return hour === null ? [] : this.#endOf(hour, reading.measuredAtMs, surroundings);
  }

  /** What ends because it is known that something was measured at this time. */
  endBefore(atMs: number, surroundings: Surroundings): Ended[] {
    const hour = this.#hour.closeBefore(atMs);
    return hour === null ? [] : this.#endOf(hour, atMs, surroundings);
  }

  /** Takes over what another fold has made of the same periods from better knowledge; the hour that is going on stays. */
  correct({ hours, clearness, clearnessMs, runs }: SavedPeriods): void {
    this.#hours = [...hours];
    this.#clearness = clearness;
    this.#clearnessMs = clearnessMs ?? Number.NEGATIVE_INFINITY;
    this.#runs = { ...runs };
  }

  #endOf(hour: Hour, nowMs: number, surroundings: Surroundings): Ended[] {
    this.#hours.push(hour);
    const ended = [
      ...this.#endOfHour(hour, surroundings),
      ...this.#endOfNight(hour, nowMs),
      ...this.#endOfDay(hour, nowMs, surroundings),
    ];
    // The evening belongs to a night that ends tomorrow.
    const oldestMs = dayStartMs(nowMs) - eveningMs;
    this.#hours = this.#hours.filter(({ startMs }) => startMs >= oldestMs);
    return ended;
  }

  #endOfHour(hour: Hour, surroundings: Surroundings): Ended[] {
    // A shed has no sky.
    if (surroundings.placeKind === "shed") return [];
    // The sky of the day before yesterday says nothing of this night.
    const isFresh = hour.startMs - this.#clearnessMs <= dayMs;
    const et0 = hourlyEt0(hour, surroundings, isFresh ? this.#clearness : usualClearness);
    if (et0 === undefined) return [];
    if (et0.isSeen) [this.#clearness, this.#clearnessMs] = [et0.clearness, hour.startMs];
    return [{ quantity: "air.et0Hourly", endMs: hour.startMs + hourMs, value: et0.et0Mm }];
  }

  #endOfDay({ startMs }: Hour, nowMs: number, surroundings: Surroundings): Ended[] {
    const startOfDayMs = dayStartMs(startMs);
    if (dayStartMs(nowMs) === startOfDayMs) return [];
    const hours = this.#hours.filter((hour) => dayStartMs(hour.startMs) === startOfDayMs);
    const values = valuesOfDay(startOfDayMs, hours, surroundings, this.#runsBefore(startOfDayMs));
    const isNext = dayStartMs(nowMs) === startOfDayMs + dayMs;
    return this.#ended(startOfDayMs + dayMs, values, isNext, runsOf.days);
  }

  #endOfNight({ startMs }: Hour, nowMs: number): Ended[] {
    // Nights are counted by the day of their morning: shifted by six hours they are the first half of it.
    const nightMs = dayStartMs(startMs + eveningMs);
    const endMs = nightMs + dayMs / 2 - eveningMs;
    if (startMs >= endMs || nowMs < endMs) return [];
    const hours = this.#hours.filter((hour) => hour.startMs >= nightMs - eveningMs && hour.startMs < endMs);
    const isNext = nowMs < endMs + dayMs;
    return this.#ended(endMs, valuesOfNight(hours, this.#runsBefore(endMs - dayMs)), isNext, runsOf.nights);
  }

  #runsBefore(endMs: number): Runs {
    const runBefore = this.#runBefore;
    if (runBefore === null) return this.#runs;
    return Object.fromEntries(
      [...runsOf.days, ...runsOf.nights].map((quantity) => [quantity, runBefore(quantity, endMs)]),
    );
  }

  /**
   * @param isNext whether the reading that ends it lies in the next period: else there are some of which nothing is known
   * @param running quantities that count periods running; one that is not told of has ended
   */
  #ended(
    endMs: number,
    values: readonly PeriodValue[],
    isNext: boolean,
    running: readonly string[],
  ): Ended[] {
    const told = new Map(values);
    for (const quantity of running) this.#runs[quantity] = isNext ? (told.get(quantity) ?? 0) : 0;
    return values.map(([quantity, value]) => ({ quantity, endMs, value }));
  }

  save(): SavedPeriods {
    return {
      hour: this.#hour.save(),
      hours: this.#hours,
      clearness: this.#clearness,
      // JSON knows no infinity.
      ...(this.#clearnessMs > Number.NEGATIVE_INFINITY && { clearnessMs: this.#clearnessMs }),
      runs: this.#runs,
    };
  }
}
