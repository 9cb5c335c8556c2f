import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Reading } from "../devices/index.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../ingest/stores/embedded/open-embedded-store.ts";

/**
 * The embedded store alone: readings a second in, bytes a reading once sealed, and how long each query takes.
 *
 *   node bench/store.ts --devices 2000 --quantities 5 --days 1 --interval 60
 *
 * Values are random walks in the steps a probe resolves; a device's readings of one uplink share their time, which has
 * a phase and a jitter of its own; 1.4 % of the uplinks come late and 0.5 % twice.
 */
const { values: options } = parseArgs({
  options: {
    devices: { type: "string", default: "2000" },
    quantities: { type: "string", default: "5" },
    days: { type: "string", default: "1" },
    /** Seconds between two uplinks of a device. */
    interval: { type: "string", default: "60" },
    batch: { type: "string", default: "5000" },
    folder: { type: "string" },
  },
});
const deviceCount = Number(options.devices);
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
].slice(0, Number(options.quantities));
const steps = [0.1, 0.1, 0.1, 0.1, 0.001, 0.01, 0.01, 1, 0.1];
const dayMs = 86_400_000;
const intervalMs = Number(options.interval) * 1000;
const startMs = Date.UTC(2026, 8, 1);
const days = Number(options.days);

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Uplinks in the order of their arrival, five thousand readings at a time. */
function* batches(): Generator<Reading[]> {
  const random = createRandom(42);
  const devices = Array.from({ length: deviceCount }, (_, index) => `node-${String(index).padStart(5, "0")}`);
  const phases = devices.map(() => Math.floor(random() * intervalMs));
  const walks = devices.map(() => names.map(() => Math.floor(random() * 300)));
  let batch: Reading[] = [];
  let held: Reading[] = [];
  for (let tick = 0; tick < (days * dayMs) / intervalMs; tick += 1) {
    const due = startMs + tick * intervalMs;
    for (let device = 0; device < deviceCount; device += 1) {
      const measuredAtMs = due + phases[device]! + Math.floor(random() * 250);
      const walk = walks[device]!;
      const late = random() < 0.014;
      const uplink = names.map((quantity, index) => {
        walk[index] = walk[index]! + Math.floor(random() * 5) - 2;
        const value = Number((walk[index]! * steps[index]!).toFixed(3));
        const receivedAtMs = measuredAtMs + (late ? 20 * 60_000 : 40);
        return { device: devices[device]!, quantity, measuredAtMs, receivedAtMs, value, live: !late };
      });
      if (late) held.push(...uplink);
      else batch.push(...uplink);
      if (random() < 0.005) batch.push(...uplink);
      if (batch.length >= Number(options.batch)) {
        yield batch;
        batch = [];
      }
    }
    if (tick % 20 === 19) {
      yield held;
      held = [];
    }
  }
  yield [...batch, ...held];
}

async function timed<T>(label: string, work: () => Promise<T>, times = 1): Promise<T> {
  const took: number[] = [];
  let result!: T;
  for (let round = 0; round < times; round += 1) {
    const started = performance.now();
    result = await work();
    took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  const median = took[Math.floor(took.length / 2)]!;
  console.log(`${label.padEnd(58)} ${median.toFixed(1).padStart(10)} ms`);
  return result;
}

async function ingest(store: EmbeddedStore): Promise<void> {
  let rows = 0;
  let busyMs = 0;
  let longestMs = 0;
  let position = 0;
  const generated = await cpuOf(async () => {
    for (const _ of batches());
  });
  const before = process.cpuUsage();
  for (const batch of batches()) {
    const started = performance.now();
    position += batch.length;
    await store.write(batch, position);
    const tookMs = performance.now() - started;
    busyMs += tookMs;
    longestMs = Math.max(longestMs, tookMs);
    rows += batch.length;
  }
  console.log(
    `${rows} readings written, ${Math.round(rows / (busyMs / 1000))} a second, longest write ${longestMs.toFixed(0)} ms`,
  );
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6 - generated;
  console.log(`${cpuSeconds.toFixed(1)} CPU seconds: ${Math.round(rows / cpuSeconds)} readings for each`);
}

/** Seconds of processor time: what is left of a measurement when others use the machine as well. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function query(store: EmbeddedStore, label: string): Promise<void> {
  const span = { fromMs: startMs, toMs: startMs + days * dayMs };
  const device = "node-00007";
  const quantity = names[0]!;
  const some = Array.from(
    { length: Math.min(200, deviceCount) },
    (_, index) => `node-${String(Math.floor((index * deviceCount) / 200)).padStart(5, "0")}`,
  );
  console.log(`\n${label}`);
  await timed("latest, all series", async () => store.latest(), 5);
  await timed(
    "one series, whole span, 500 buckets",
    () => store.series({ ...span, device, quantity, buckets: 500 }),
    5,
  );
  await timed(
    "one series, one hour, 60 buckets",
    () => store.series({ fromMs: span.toMs - 3_600_000, toMs: span.toMs, device, quantity, buckets: 60 }),
    5,
  );
  await timed(
    "readings of one device, first 5,000",
    () => store.readings({ ...span, devices: [device], limit: 5000 }),
    3,
  );
  await timed(
    `hourly means, ${some.length} devices`,
    () => store.hourlyMeans({ ...span, devices: some, quantity }),
    3,
  );
  await timed("completeness, all devices", () => store.completeness(span), 3);
  const file = join(tmpdir(), `canhdong-bench-${process.pid}.csv`);
  await timed(
    "export of one device, CSV",
    () => store.export({ ...span, devices: [device], format: "csv", file }),
    3,
  );
  await rm(file, { force: true });
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => stat(join(folder, entry.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

async function main(): Promise<void> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "canhdong-bench-")));
  const quantities = new Map(names.map((name) => [name, { unit: "1" }]));
  const log = { info() {}, warn: (details: object, message: string) => console.log(message, details) };
  const open = () =>
    openEmbeddedStore({ folder, quantities, retentionDaysOf: () => null, log, now: Date.now });
  let store = await open();
  await ingest(store);
  await query(store, "before sealing");
  await store.close();
  store = await timed("open again", open);
  await timed("seal", () => store.maintain(startMs + (days + 62) * dayMs));
  const sealed = await bytesBelow(join(folder, "days"));
  const hours = await bytesBelow(join(folder, "hours"));
  const { readings } = await store.usage();
  console.log(
    `${readings} readings: ${(sealed / readings).toFixed(2)} bytes each, with roll-ups ${((sealed + hours) / readings).toFixed(2)}`,
  );
  await query(store, "after sealing");
  console.log(`\nresident memory at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  await store.close();
  if (!options.folder) await rm(folder, { recursive: true });
}

await main();
