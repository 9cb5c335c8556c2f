export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A UTC day, counted from 1970-01-01 (day 0). */
export type Day = number;

/** Whole UTC days, both ends included. */
export interface DayRange {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

export function dayOf(atMs: number): Day {
  return Math.floor(atMs / dayMs);
}

export function startOf(day: Day): number {
  return day * dayMs;
}

/** The calendar month (UTC) that a day belongs to. */
export function monthOf(day: Day): DayRange {
  const date = new Date(startOf(day));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { firstDay: dayOf(Date.UTC(year, month, 1)), lastDay: dayOf(Date.UTC(year, month + 1, 0)) };
}

export function daysOf({ firstDay, lastDay }: DayRange): Day[] {
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
}

/** `2026-11-20` for one day, `2026-11` for a month: what files are called by. */
export function nameOf({ firstDay, lastDay }: DayRange): string {
  const text = new Date(startOf(firstDay)).toISOString();
  return firstDay === lastDay ? text.slice(0, 10) : text.slice(0, 7);
}
