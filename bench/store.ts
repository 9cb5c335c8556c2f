import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureStore } from "./store/measure-store.ts";

/**
 * The embedded store alone: readings a second in, bytes a reading once sealed, and how long each query takes.
 *
 *   node bench/store.ts [--readings 10000000] [--devices 2000] [--quantities 5] [--interval 60] [--json]
 *
 * A folder that is given is kept. With --json the figures are one line on standard output.
 */
const { values: options } = parseArgs({
  options: {
    /** As many whole rounds of the fleet as it takes; 14.4 million are a day. */
    readings: { type: "string", default: "10000000" },
    devices: { type: "string", default: "2000" },
    quantities: { type: "string", default: "5" },
    /** Seconds between two uplinks of a device. */
    interval: { type: "string", default: "60" },
    /** Readings that are written together. */
    batch: { type: "string", default: "5000" },
    folder: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const names = [
  "soil.moisture",
  "soil.temperature",
  "air.temperature",
  "air.relativeHumidity",
  "power.battery",
  "water.dissolvedOxygen",
  "water.ph",
  "light.illuminance",
  "wind.speed",
];

const quantities = names.slice(0, Number(options.quantities));
const devices = Array.from(
  { length: Number(options.devices) },
  (_, at) => `node-${String(at).padStart(5, "0")}`,
);
const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "canhdong-bench-")));
try {
  const figures = await measureStore({
    folder,
    devices,
    quantities,
    startMs: Date.UTC(2026, 6, 1),
    intervalMs: Number(options.interval) * 1000,
    rounds: Math.ceil(Number(options.readings) / devices.length / quantities.length),
    batchReadings: Number(options.batch),
    say: (text) => console.error(text),
  });
  console.log(options.json ? JSON.stringify(figures) : figures);
} finally {
  if (options.folder === undefined) await rm(folder, { recursive: true });
}
