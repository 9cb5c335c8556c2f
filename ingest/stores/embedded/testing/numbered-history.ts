import type { Reading } from "../../../../devices/index.ts";
import { contractUnits } from "../../contract/readings.ts";
import type { HourMarks } from "../../reading-store.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../open-embedded-store.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.UTC(2026, 8, 20);

/** Twenty minutes pass between two uplinks, so that a day is soon over. */
export function timeOf(position: number): number {
  return startMs + position * 20 * minuteMs;
}

/**
 * The readings of the uplink at a journal position: some new, and some for a time of which an earlier uplink had told
 * another value. Two processes that know the position know the readings.
 */
export function readingsAt(position: number): Reading[] {
  const nowMs = timeOf(position);
  const ages = [0, 1, 2, 7 * (position % 5), position % 11 === 0 ? 300 : 3];
  return ages.map((age, index) => ({
    device: `node-${(position + index) % 4}`,
    quantity: "soil.moisture",
    measuredAtMs: Math.max(startMs, nowMs - age * 20 * minuteMs),
    receivedAtMs: nowMs,
    value: position + index / 10,
    live: age === 0,
  }));
}

/** `device time value` of everything that the uplinks before `end` leave, and `device hour` of the hours that have any. */
export function stateBefore(end: number): string[] {
  const values = new Map<string, number>();
  for (let position = 0; position < end; position += 1) {
    for (const { device, measuredAtMs, value } of readingsAt(position))
      values.set(`${device} ${measuredAtMs}`, value);
  }
  const hours = [...values.keys()].map((key) => {
    const [device, atMs] = key.split(" ") as [string, string];
    return `${device} ${Math.floor(Number(atMs) / hourMs)}`;
  });
  return [...[...values].map(([key, value]) => `${key} ${value}`), ...new Set(hours)].sort();
}

export async function stateOf(store: EmbeddedStore): Promise<string[]> {
  const devices = [0, 1, 2, 3].map((number) => `node-${number}`);
  const readings = await store.readings({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, devices, limit: 1e7 });
  const toMs = Math.max(startMs, ...readings.map(({ measuredAtMs }) => measuredAtMs + 1));
  const marks = await store.hourMarks!({ fromMs: startMs, toMs, devices });
  return [
    ...readings.map(({ device, measuredAtMs, value }) => `${device} ${measuredAtMs} ${value}`),
    ...marks.flatMap(hoursHeard),
  ].sort();
}

function hoursHeard({ device, firstDay, heard }: HourMarks): string[] {
  const hours = Array.from({ length: heard.length * 24 }, (_, hour) => hour);
  return hours
    .filter((hour) => (heard[Math.floor(hour / 24)]! >> (hour % 24)) & 1)
    .map((hour) => `${device} ${firstDay * 24 + hour}`);
}

export function openIn(folder: string, warn: (details: object, message: string) => void = () => {}) {
  return openEmbeddedStore({
    folder,
    quantities: contractUnits,
    retentionDaysOf: () => null,
    log: { info() {}, warn },
    now: () => startMs,
    threads: 1,
    memoryLimitMb: 128,
  });
}

/** Writes the uplinks from the store's cursor up to `end`, `step` in a batch. */
export async function writeUpTo(store: EmbeddedStore, end: number, step = 5): Promise<void> {
  for (let from = await store.cursor(); from < end; from += step) {
    const next = Math.min(end, from + step);
    const positions = Array.from({ length: next - from }, (_, index) => from + index);
    await store.write(positions.flatMap(readingsAt), next);
  }
}
