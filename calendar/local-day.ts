/*
 * Days as people in Vietnam count them, as a time or as text (`2026-07-01`, which sorts by time). The country has one time zone,
 * seven hours ahead of UTC, and no summer time (since 1975), so a local day is plain arithmetic and its hours are those of UTC.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const aheadMs = 7 * hourMs;

/** Both days belong to it. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** Midnight with which the local day of this time began. */
export function dayStartMs(atMs: number): number {
  return Math.floor((atMs + aheadMs) / dayMs) * dayMs - aheadMs;
}

/** Hours since local midnight, 0 to 24, with their fraction. */
export function localHour(atMs: number): number {
  return (atMs - dayStartMs(atMs)) / hourMs;
}

export function localYear(atMs: number): number {
  return new Date(atMs + aheadMs).getUTCFullYear();
}

/** The date of this time. */
export function dateOf(atMs: number): string {
  return new Date(atMs + aheadMs).toISOString().slice(0, 10);
}

/** Midnight with which the date began. A day that the year lacks, 29 February, is the next day. */
export function startOfDateMs(date: string): number {
  const [year, month, day] = date.split("-").map(Number);
  return Date.UTC(year!, month! - 1, day!) - aheadMs;
}

/** @param days may be negative */
export function daysAfter(date: string, days: number): string {
  return dateOf(startOfDateMs(date) + days * dayMs);
}

export function datesOf({ from, to }: DateSpan): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = daysAfter(date, 1)) dates.push(date);
  return dates;
}

/** The Monday of the week in which this happened. */
export function weekOf(atMs: number): string {
  const date = dateOf(atMs);
  const weekday = new Date(Date.parse(date)).getUTCDay();
  return daysAfter(date, -((weekday + 6) % 7));
}

/** The end of the span in milliseconds is exclusive. */
export function spanMs({ from, to }: DateSpan): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: startOfDateMs(from), toMs: startOfDateMs(daysAfter(to, 1)) };
}
