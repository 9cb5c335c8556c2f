import type { Reading } from "../../../devices/index.ts";

export const contractUnits: ReadonlyMap<string, { readonly unit: string }> = new Map([
  ["soil.moisture", { unit: "%" }],
  ["air.temperature", { unit: "Cel" }],
]);

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Friday, 00:00 UTC. */
export const start = Date.UTC(2026, 10, 20);
export const span = { fromMs: start, toMs: start + day };

export function reading(part: Partial<Reading> = {}): Reading {
  const measuredAtMs = part.measuredAtMs ?? start;
  return {
    device: "node-1",
    quantity: "soil.moisture",
    measuredAtMs,
    receivedAtMs: measuredAtMs + 2000,
    value: 31.2,
    live: true,
    ...part,
  };
}

/** One reading a minute, its value the number of the minute. */
export function everyMinute(minutes: number, part: Partial<Reading> = {}): Reading[] {
  const fromMs = part.measuredAtMs ?? start;
  return Array.from({ length: minutes }, (_, index) =>
    reading({ ...part, measuredAtMs: fromMs + index * minute, value: index }),
  );
}
