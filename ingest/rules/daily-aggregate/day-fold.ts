import { dayMs, dayStartMs, hourMs } from "../../../calendar/index.ts";
import type { Saved } from "../rule.ts";
import type { Step, Transform } from "../transformed-watcher.ts";

export const dailyValues = ["min", "max", "mean", "sum", "range"] as const;
export type DailyValue = (typeof dailyValues)[number];

export interface DayParts {
  readonly of: DailyValue;
  /** Night: from six in the evening to six in the morning; it belongs to the day of its morning. */
  readonly part: "day" | "night";
  /** A day (or night) with readings in fewer hours is not known. */
  readonly fewestHours: number;
}

/** A local day as it comes in: hour by hour, so that a probe that speaks more often by day does not warm the mean. */
interface Day {
  startMs: number;
  /** One bit for each hour with readings. */
  hours: number;
  hourlyMeans: number;
  hour: number;
  hourCount: number;
  hourSum: number;
  sum: number;
  min: number;
  max: number;
}

/** How far the night begins before midnight. */
const eveningMs = 6 * hourMs;

/** Folds readings into one value a local day (or night), told with the first reading after its end. */
export class DayFold implements Transform {
  readonly #parts: DayParts;
  #day: Day | null;
  /** Start of the last day that was known. */
  #knownMs: number;

  constructor(parts: DayParts, saved: Saved | null) {
    this.#parts = parts;
    const [knownMs = Number.NEGATIVE_INFINITY, day] = (saved ?? []) as [number?, number[]?];
    this.#knownMs = saved === null ? Number.NEGATIVE_INFINITY : (knownMs ?? Number.NEGATIVE_INFINITY);
    this.#day = day === undefined ? null : dayOf(day);
  }

  take(measuredAtMs: number, value: number): Step | null {
    const { part } = this.#parts;
    const shiftMs = part === "night" ? eveningMs : 0;
    const startMs = dayStartMs(measuredAtMs + shiftMs);
    const hour = Math.floor((measuredAtMs + shiftMs - startMs) / hourMs);
    const counts = part === "day" || hour < 12;
    const step = this.#day && (this.#day.startMs !== startMs || !counts) ? this.#close(this.#day) : null;
    if (step !== null) this.#day = null;
    if (counts) this.#add(startMs, hour, value);
    return step;
  }

  #close(day: Day): Step {
    closeHour(day);
    const { startMs } = day;
    const known = bits(day.hours) >= this.#parts.fewestHours;
    const afterGap = this.#knownMs !== startMs - dayMs;
    if (known) this.#knownMs = startMs;
    return { atMs: startMs, value: known ? dailyValueOf(day, this.#parts.of) : null, afterGap };
  }

  #add(startMs: number, hour: number, value: number): void {
    this.#day ??= dayOf([startMs, 0, 0, hour, 0, 0, 0, value, value]);
    const day = this.#day;
    if (day.hour !== hour) closeHour(day);
    day.hour = hour;
    day.hourCount++;
    day.hourSum += value;
    day.sum += value;
    day.min = Math.min(day.min, value);
    day.max = Math.max(day.max, value);
  }

  save(): Saved {
    const day = this.#day;
    const known = Number.isFinite(this.#knownMs) ? this.#knownMs : unknown;
    if (day === null) return [known];
    const { startMs, hours, hourlyMeans, hour, hourCount, hourSum, sum, min, max } = day;
    return [known, [startMs, hours, hourlyMeans, hour, hourCount, hourSum, sum, min, max]];
  }
}

/** JSON has no infinity; no day of ours began then. */
const unknown = -8.64e15;

function dayOf(saved: readonly number[]): Day {
  const [startMs, hours, hourlyMeans, hour, hourCount, hourSum, sum, min, max] = saved as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { startMs, hours, hourlyMeans, hour, hourCount, hourSum, sum, min, max };
}

function closeHour(day: Day): void {
  if (day.hourCount === 0) return;
  day.hours |= 1 << day.hour;
  day.hourlyMeans += day.hourSum / day.hourCount;
  day.hourCount = day.hourSum = 0;
}

function dailyValueOf({ min, max, sum, hours, hourlyMeans }: Day, of: DailyValue): number {
  if (of === "mean") return hourlyMeans / bits(hours);
  if (of === "range") return max - min;
  return { min, max, sum }[of];
}

function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}
