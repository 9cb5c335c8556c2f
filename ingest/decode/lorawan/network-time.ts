import type { Harvest } from "../harvest.ts";
import { measuredTime } from "../measured-time.ts";

/**
 * When the network heard a frame: the first of its clocks that can be believed. A gateway without a fix tells 1970 or
 * 2036 while the server that it talks to knows better.
 *
 * @param told the network's times in the order of trust; what is undefined was not told
 * @returns the time of arrival here when none was told; null, and a rejection, when none can be believed
 */
export function networkTime(told: readonly unknown[], receivedAtMs: number, harvest: Harvest): number | null {
  const times = told.filter((ts) => ts != null).map((ts) => measuredTime(ts, receivedAtMs));
  const [first] = times;
  if (first === undefined) return receivedAtMs;
  const believed = times.find(({ complaint }) => complaint === null) ?? first;
  if (believed.complaint === null) return believed.ms;
  harvest.refuse(believed.complaint, () => `time: ${believed.detail}`, null, believed.ms);
  return null;
}
