import type { Reading } from "../../../devices/index.ts";
import { type LineWriter, minuteLine, minuteMs, type Whereabouts } from "./line-protocol.ts";

/** A line of a batch, and the reading that it is of; null for a minute. */
export interface BatchPoint {
  readonly line: string;
  readonly device: string;
  readonly reading: Reading | null;
}

export type WhereaboutsOf = (device: string, measuredAtMs: number) => Whereabouts;

/** Requests that are under way at once. */
const mostParts = 4;
/** A request of fewer readings is not worth its way. */
const fewestReadings = 2_000;

/** A batch in parts of whole devices, in their order: of two readings with the same key the later must win. */
export function partsOf(batch: readonly Reading[]): Reading[][] {
  const count = Math.min(mostParts, Math.ceil(batch.length / fewestReadings));
  const parts: Reading[][] = Array.from({ length: count }, () => []);
  const partOf = new Map<string, Reading[]>();
  for (const { device, readings } of uplinksOf(batch)) {
    let part = partOf.get(device);
    if (part === undefined) {
      part = parts[partOf.size % count]!;
      partOf.set(device, part);
    }
    part.push(...readings);
  }
  return parts.filter((part) => part.length > 0);
}

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
