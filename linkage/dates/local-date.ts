/*
 * Days as people in Viet Nam count them, as text: `2026-07-01`. Seven hours ahead of UTC and no summer time, so that a day
 * is plain arithmetic and its hours are whole hours of UTC. Text in this form sorts by time.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const aheadMs = 7 * hourMs;

/** Both days belong to it. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** Midnight with which the day began. */
export function startOfDateMs(date: string): number {
  return Date.parse(`${date}T00:00:00+07:00`);
}

export function dateOf(atMs: number): string {
  return new Date(atMs + aheadMs).toISOString().slice(0, 10);
}

/** @param days may be negative */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
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
