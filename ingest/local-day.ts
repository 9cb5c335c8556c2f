/*
 * Days as people in Vietnam count them. The country has one time zone, seven hours ahead of UTC, and no summer time
 * (since 1975), so a local day is plain arithmetic.
 */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const aheadMs = 7 * hourMs;

/** Midnight with which the local day of this time began. */
export function dayStartMs(atMs: number): number {
  return Math.floor((atMs + aheadMs) / dayMs) * dayMs - aheadMs;
}

/** Hours since local midnight, 0 to 24, with their fraction. */
export function localHour(atMs: number): number {
  return (atMs - dayStartMs(atMs)) / hourMs;
}

/** Midnight with which this date (`2026-11-01`) began. A day that the year lacks, 29 February, is the next day. */
export function localDateMs(date: string): number {
  const [year, month, day] = date.split("-").map(Number);
  return Date.UTC(year!, month! - 1, day!) - aheadMs;
}

export function localYear(atMs: number): number {
  return new Date(atMs + aheadMs).getUTCFullYear();
}

/** The date of this time, `2026-11-01`. */
export function localDate(atMs: number): string {
  return new Date(atMs + aheadMs).toISOString().slice(0, 10);
}
