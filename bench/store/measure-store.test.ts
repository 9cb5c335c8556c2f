import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fleetReadings } from "./fleet-readings.ts";
import { measureStore } from "./measure-store.ts";

const fleet = {
  devices: ["node-0", "node-1", "node-2"],
  quantities: ["soil.moisture", "power.battery"],
  startMs: Date.UTC(2026, 6, 1),
  intervalMs: 600_000,
  batchReadings: 50,
  rounds: 500,
};

test("a fleet's readings come late and twice, and none is missing", () => {
  const readings = [...fleetReadings(fleet)].flat();
  const distinct = new Set(
    readings.map(({ device, quantity, measuredAtMs }) => `${device} ${quantity} ${measuredAtMs}`),
  );
  expect(distinct.size).toBe(500 * 3 * 2);
  expect(readings.length).toBeGreaterThan(distinct.size);
  expect(readings.filter(({ live }) => !live).length).toBeGreaterThan(0);
});

test("the figures are about every reading, each counted once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-measure-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const told: string[] = [];
  const figures = await measureStore({ ...fleet, folder, say: (text) => told.push(text) });
  expect(figures.readings).toBe(500 * 3 * 2);
  expect(figures.days).toBeCloseTo(500 / 144, 5);
  expect(told.filter((text) => text.includes("written and sealed"))).toHaveLength(3);
  expect(figures.sealedBytesPerReading).toBeGreaterThan(0);
  expect(figures.bytesPerReading).toBeGreaterThanOrEqual(figures.sealedBytesPerReading);
  expect(figures.open.week).toMatchObject({ askedDays: 7, days: figures.days });
  expect(figures.sealed.latest.medianMs).toBeGreaterThan(0);
});
