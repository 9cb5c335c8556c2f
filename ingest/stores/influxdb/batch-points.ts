import type { Reading } from "../../../devices/index.ts";
import { type LineWriter, minuteLine, minuteMs, type Whereabouts } from "./line-protocol.ts";

/** A line of a batch, and the reading that it is of; null for a minute. */
export interface BatchPoint {
  readonly line: string;
  readonly device: string;
  readonly reading: Reading | null;
}

export type WhereaboutsOf = (device: string, measuredAtMs: number) => Whereabouts;

/** What is written of a batch: its readings, and the minutes that they lie in. */
export function pointsOf(
  batch: readonly Reading[],
  lines: LineWriter,
  whereaboutsOf: WhereaboutsOf,
): BatchPoint[] {
  const points: BatchPoint[] = [];
  const minutes = new Map<string, Set<number>>();
  for (const { device, measuredAtMs, readings } of uplinksOf(batch)) {
    const whereabouts = whereaboutsOf(device, measuredAtMs);
    for (const reading of readings)
      points.push({ line: lines.lineOf(reading, whereabouts), device, reading });
    const ofDevice = minutes.get(device);
    if (ofDevice === undefined) minutes.set(device, new Set([minuteOf(measuredAtMs)]));
    else ofDevice.add(minuteOf(measuredAtMs));
  }
  for (const [device, starts] of minutes)
    for (const startMs of starts) points.push({ line: minuteLine(device, startMs), device, reading: null });
  return points;
}

export function minuteLineOf({ device, measuredAtMs }: Reading): string {
  return minuteLine(device, minuteOf(measuredAtMs));
}

function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

/** Readings of one device at one time, as they come one behind the other: where it stood is looked up once. */
export function* uplinksOf(batch: readonly Reading[]) {
  for (let from = 0; from < batch.length; ) {
    const { device, measuredAtMs } = batch[from]!;
    let to = from + 1;
    while (batch[to]?.device === device && batch[to]!.measuredAtMs === measuredAtMs) to++;
    yield { device, measuredAtMs, readings: batch.slice(from, to) };
    from = to;
  }
}
