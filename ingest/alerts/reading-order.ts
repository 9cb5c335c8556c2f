import type { Reading } from "../../devices/index.ts";

/** What a device's clock may be ahead without anybody calling it wrong. */
const clockToleranceMs = 300_000;

/**
 * Whether the newest reading so far claimed a time that has not come yet, and this one does not. Without this, a device
 * whose clock ran hours ahead would go unwatched for those hours once its clock is right.
 */
export function clockWasPutRight(lastMs: number, { measuredAtMs, receivedAtMs }: Reading): boolean {
  const latestMs = receivedAtMs + clockToleranceMs;
  return lastMs > latestMs && measuredAtMs <= latestMs;
}

/** Readings of one uplink by time: a node that sends its newest value first must not make the older ones look overtaken. */
export function inOrder(readings: readonly Reading[]): readonly Reading[] {
  for (let at = 1; at < readings.length; at++) {
    if (readings[at]!.measuredAtMs < readings[at - 1]!.measuredAtMs)
      return readings.toSorted((one, other) => one.measuredAtMs - other.measuredAtMs);
  }
  return readings;
}
