import type { Reading } from "../../devices/index.ts";
import { dayMs, dayStartMs, hourMs } from "../local-day.ts";
import { hourlyEt0, usualClearness } from "./evapotranspiration.ts";
import { type Hour, HourFold, type SavedHour } from "./hour-fold.ts";
import { type PeriodValue, type Runs, valuesOfDay, valuesOfNight } from "./periods.ts";
import type { Surroundings } from "./surroundings.ts";

/** How far the night begins before midnight. */
const eveningMs = 6 * hourMs;

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
  readonly runs: Runs;
}

/** Makes hours, days and nights of one device's readings; what they come to is told with the first reading after them. */
export class PeriodFold {
  readonly #hour: HourFold;
  /** Closed hours of the day, or of the night, that is going on; oldest first. */
  #hours: Hour[];
  #clearness: number;
  #runs: Record<string, number>;

  constructor(saved: SavedPeriods | null) {
    this.#hour = new HourFold(saved?.hour ?? null);
    this.#hours = [...(saved?.hours ?? [])];
    this.#clearness = saved?.clearness ?? usualClearness;
    this.#runs = { ...saved?.runs };
  }

  take(reading: Reading, surroundings: Surroundings): Ended[] {
    const hour = this.#hour.take(reading);
    if (hour === null) return [];
    this.#hours.push(hour);
    const nowMs = reading.measuredAtMs;
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
    const et0 = hourlyEt0(hour, surroundings, this.#clearness);
    if (et0 === undefined) return [];
    this.#clearness = et0.clearness;
    return [{ quantity: "air.et0Hourly", endMs: hour.startMs + hourMs, value: et0.et0Mm }];
  }

  #endOfDay({ startMs }: Hour, nowMs: number, surroundings: Surroundings): Ended[] {
    const startOfDayMs = dayStartMs(startMs);
    if (dayStartMs(nowMs) === startOfDayMs) return [];
    const hours = this.#hours.filter((hour) => dayStartMs(hour.startMs) === startOfDayMs);
    const values = valuesOfDay(startOfDayMs, hours, surroundings, this.#runs);
    const isNext = dayStartMs(nowMs) === startOfDayMs + dayMs;
    return this.#ended(startOfDayMs + dayMs, values, isNext, ["leaf.huttonDays", "water.dryDays"]);
  }

  #endOfNight({ startMs }: Hour, nowMs: number): Ended[] {
    // Nights are counted by the day of their morning: shifted by six hours they are the first half of it.
    const nightMs = dayStartMs(startMs + eveningMs);
    const endMs = nightMs + dayMs / 2 - eveningMs;
    if (startMs >= endMs || nowMs < endMs) return [];
    const hours = this.#hours.filter((hour) => hour.startMs >= nightMs - eveningMs && hour.startMs < endMs);
    const isNext = nowMs < endMs + dayMs;
    return this.#ended(endMs, valuesOfNight(hours, this.#runs), isNext, ["leaf.blastNights"]);
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
    return { hour: this.#hour.save(), hours: this.#hours, clearness: this.#clearness, runs: this.#runs };
  }
}
