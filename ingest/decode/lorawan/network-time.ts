import type { Harvest } from "../harvest.ts";
import { type MeasuredTime, measuredTime } from "../measured-time.ts";

/**
 * When the network heard a frame: the first of its clocks that can be believed. A gateway without a fix tells 1970 or
 * 2036 while the server that it talks to knows better.
 *
 * @param told the network's times in the order of trust; what is undefined was not told
 * @returns the time of arrival here when none was told; null, and a rejection, when none can be believed
 */
export function networkTime(told: readonly unknown[], receivedAtMs: number, harvest: Harvest): number | null {
  let first: MeasuredTime | null = null;
  for (const ts of told) {
    if (ts == null) continue;
    const time = measuredTime(ts, receivedAtMs);
    if (time.complaint === null) return time.ms;
    first ??= time;
  }
  if (first === null || first.complaint === null) return receivedAtMs;
  const { complaint, detail, ms } = first;
  harvest.refuse(complaint, () => `time: ${detail}`, null, ms);
  return null;
}
