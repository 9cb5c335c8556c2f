import type { LoadReport } from "../load/run-load.ts";

/** What has to be true for a figure to be one. */

/** @throws when nodes were not let in, or were cut */
export function everythingAccepted({ connections }: LoadReport): void {
  const { asked, accepted, refused, failed, closed } = connections;
  if (accepted === asked && closed === 0) return;
  throw new Error(
    `of ${asked} nodes ${accepted} were accepted (refused by code: ${JSON.stringify(refused)}, failed: ${failed}), and ${closed} were cut`,
  );
}

/** @throws when an uplink was not acknowledged in the end, or out of turn */
export function everythingAcknowledged({ uplinks }: LoadReport): void {
  const { sent, unacknowledged, outOfOrder } = uplinks;
  if (sent > 0 && unacknowledged === 0 && outOfOrder === 0) return;
  throw new Error(
    `of ${sent} uplinks ${unacknowledged} were never acknowledged, and ${outOfOrder} out of order`,
  );
}

const noticeableMs = 5;

/** A note when the generator in an open loop was itself so late that it has measured itself. */
export function lateness({ measured: { lateMs, cpuPercent } }: LoadReport): string[] {
  if (lateMs.p99 <= noticeableMs) return [];
  return [
    `DOUBTFUL: the generator itself was late by p50 ${lateMs.p50} ms, p99 ${lateMs.p99} ms (its CPU: ${cpuPercent} %)`,
  ];
}
