import { hourMs } from "../../calendar/index.ts";
import type { DevicePlacement, EvidenceSource, HumanAct } from "./evidence-source.ts";
import { type HourlySeries, marksOfHours } from "./marks-of-hours.ts";

export interface RawReading {
  readonly device: string;
  readonly quantity: string;
  readonly atMs: number;
  readonly value: number;
}

/** For tests: a source over readings held in memory, rolled up into hours as a store would. */
export function sourceOf(parts: {
  readonly placements: readonly DevicePlacement[];
  readonly readings: readonly RawReading[];
  readonly acts: readonly HumanAct[];
}): EvidenceSource {
  const byDevice = Map.groupBy(parts.readings, ({ device }) => device);
  return {
    placements: async ({ fromMs, toMs }) =>
      parts.placements.filter((placement) => placement.fromMs < toMs && placement.toMs > fromMs),
    acts: async () => parts.acts,
    hours: async ({ devices, fromMs, toMs }) =>
      devices.flatMap((device) => {
        const inSpan = (byDevice.get(device) ?? []).filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
        return [...Map.groupBy(inSpan, ({ quantity }) => quantity)].map(([quantity, readings]) =>
          marksOfHours(rolledUp(device, quantity, readings), { fromMs, toMs }),
        );
      }),
  };
}

function rolledUp(device: string, quantity: string, readings: readonly RawReading[]): HourlySeries {
  const byHour = Map.groupBy(readings, ({ atMs }) => Math.floor(atMs / hourMs) * hourMs);
  const hours = [...byHour].toSorted(([a], [b]) => a - b);
  return {
    device,
    quantity,
    hoursMs: hours.map(([hour]) => hour),
    min: hours.map(([, of]) => Math.min(...of.map(({ value }) => value))),
    max: hours.map(([, of]) => Math.max(...of.map(({ value }) => value))),
  };
}
