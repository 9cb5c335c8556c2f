import { keyAt, uniform } from "../chance.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shortestMs = 10 * 60_000;
const longestMs = 6 * hourMs;

/** A time without network: the end is the first moment with network again. */
export interface Outage {
  readonly startMs: number;
  readonly endMs: number;
}

const lookAheadDays = 400;

/**
 * The outage that runs at this time, or the next one; null when there will be none for a year. At most one begins a day,
 * and it ends on the same day; short ones are more frequent than long ones.
 *
 * @param perDay share of days with an outage
 */
export function nextOutage(key: number, perDay: number, fromMs: number): Outage | null {
  if (perDay <= 0) return null;
  const first = Math.floor(fromMs / dayMs);
  for (let day = first; day < first + lookAheadDays; day++) {
    const outage = outageOf(key, perDay, day);
    if (outage !== null && outage.endMs > fromMs) return outage;
  }
  return null;
}

function outageOf(key: number, perDay: number, day: number): Outage | null {
  const today = keyAt(key, day);
  if (uniform(today) >= perDay) return null;
  const startMs = day * dayMs + Math.floor(uniform(keyAt(today, 1)) * (dayMs - longestMs));
  const lastsMs = shortestMs * (longestMs / shortestMs) ** uniform(keyAt(today, 2));
  return { startMs, endMs: startMs + Math.floor(lastsMs) };
}
