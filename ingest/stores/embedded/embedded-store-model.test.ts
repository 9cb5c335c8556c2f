import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Reading } from "../../../devices/index.ts";
import { contractUnits } from "../contract/readings.ts";
import type { HourMarks, Span } from "../reading-store.ts";
import { dayMs, dayOf, hourMs } from "./day.ts";
import { manifestFile } from "./manifest.ts";
import { type EmbeddedStore, openEmbeddedStore } from "./open-embedded-store.ts";

/**
 * Random histories against a plain map. Each step writes a batch (in order, late, repeated, changed, months old),
 * rewrites some readings, removes some, lets days pass and maintains, opens the store again, or destroys the hot file and reads the
 * journal again; then every query must say what the map says. `SEED=7 npx vitest run embedded-store-model` replays one.
 */
const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3, 117];
const steps = 40;
const minuteMs = 60_000;
const retentionDays = 50;
const quantities = ["soil.moisture", "air.temperature"];
const devices = ["a", "b", "c"];

interface Kept {
  readonly reading: Reading;
  readonly live: boolean;
}

test.for(seeds)("a random history is kept as a map would keep it (seed %i)", async (seed) => {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-model-"));
  const random = createRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]) => list[below(list.length)]!;
  const model = new Map<string, Kept>();
  const journal: { readings: Reading[]; next: number }[] = [];
  let nowMs = Date.UTC(2026, 8, 28, 5);
  let store = await open();

  async function open(): Promise<EmbeddedStore> {
    const retentionDaysOf = (quantity: string) => (quantity === "air.temperature" ? retentionDays : null);
    const thresholds = { mergeLate: 40, sortTail: 250, smallMonth: 900, exportAtOnce: 300 };
    const log = { info() {}, warn() {} };
    return openEmbeddedStore({
      folder,
      quantities: contractUnits,
      retentionDaysOf,
      log,
      now: () => nowMs,
      thresholds,
    });
  }

  function remember(readings: readonly Reading[]): void {
    for (const reading of readings) {
      const key = `${reading.device} ${reading.quantity} ${reading.measuredAtMs}`;
      model.set(key, { reading, live: reading.live || (model.get(key)?.live ?? false) });
    }
  }

  function randomBatch(): Reading[] {
    const ageMs = pick([0, 0, 0, 3 * hourMs, dayMs, 2 * dayMs, 9 * dayMs, 40 * dayMs]);
    const fromMs = Math.floor((nowMs - ageMs) / minuteMs) * minuteMs;
    const order = pick([1, 1, 1, -1]);
    // Half of the batches are dense enough for their hours to be rolled up.
    const [ofDevices, ofQuantities] =
      random() < 0.5 ? [devices, quantities] : [[pick(devices)], [pick(quantities)]];
    const stepMs = ofDevices === devices ? pick([0, minuteMs, 7 * minuteMs, 13_001]) : 20_000;
    // Some stand still for a while, over the ends of hours and days.
    const still = random() < 0.3 ? pick([20, 30]) : null;
    return Array.from({ length: 1 + below(pick([3, 80, 400])) }, (_, index) => ({
      device: pick(ofDevices),
      quantity: pick(ofQuantities),
      measuredAtMs: fromMs + order * index * stepMs,
      receivedAtMs: nowMs,
      value: still ?? Math.round(random() * 1000) / 10,
      live: ageMs === 0 && random() < 0.9,
    }));
  }

  function repeatedBatch(): Reading[] {
    const known = [...model.values()];
    if (known.length === 0) return [];
    const batch = Array.from({ length: below(60) }, () => pick(known).reading);
    return random() < 0.5
      ? batch
      : batch.map((reading) => ({ ...reading, live: false, value: reading.value + 1 }));
  }

  const operations: Record<string, () => Promise<void>> = {
    async write() {
      const batch = random() < 0.25 ? repeatedBatch() : randomBatch();
      const next = (journal.at(-1)?.next ?? 0) + 1 + below(5);
      journal.push({ readings: batch, next });
      await store.write(batch, next);
      remember(batch);
    },
    async rewrite() {
      const batch = random() < 0.5 ? repeatedBatch() : randomBatch();
      await store.rewrite(batch);
      remember(batch);
    },
    async remove() {
      const known = [...model.values()].map(({ reading }) => reading);
      const newest = store.latest();
      // Some that are there, some that never were, and what is the latest value of something.
      const picked = known.length === 0 ? [] : Array.from({ length: below(40) }, () => pick(known));
      const keys = [...picked, ...randomBatch().slice(0, 3), ...newest.slice(0, below(3))];
      await store.remove(keys);
      for (const { device, quantity, measuredAtMs } of keys)
        model.delete(`${device} ${quantity} ${measuredAtMs}`);
    },
    async removeADay() {
      const known = [...model.values()].map(({ reading }) => reading);
      if (known.length === 0) return;
      const day = dayOf(pick(known).measuredAtMs);
      const keys = known.filter(({ measuredAtMs }) => dayOf(measuredAtMs) === day);
      await store.remove(keys);
      for (const { device, quantity, measuredAtMs } of keys)
        model.delete(`${device} ${quantity} ${measuredAtMs}`);
    },
    async maintain() {
      nowMs += pick([0, hourMs, dayMs, 2 * dayMs, 9 * dayMs]);
      await store.maintain(nowMs);
      const keptFrom = dayOf(nowMs) - retentionDays;
      for (const [key, { reading }] of model) {
        const ended = reading.quantity === "air.temperature" && dayOf(reading.measuredAtMs) < keptFrom;
        if (ended) model.delete(key);
      }
    },
    async reopen() {
      await store.close();
      store = await open();
    },
    async comeFromBeforeMarks() {
      await store.close();
      const path = join(folder, manifestFile);
      const manifest = JSON.parse(await readFile(path, "utf8"));
      for (const file of manifest.files) if (random() < 0.5) delete file.marks;
      await writeFile(path, JSON.stringify(manifest));
      store = await open();
    },
    async loseTheHotFile() {
      await store.close();
      const rubbish = Buffer.from(Array.from({ length: 5000 }, () => below(256)));
      if (random() < 0.5) await rm(join(folder, "hot.duckdb"));
      else await writeFile(join(folder, "hot.duckdb"), rubbish);
      store = await open();
      const from = await store.cursor();
      expect(from).toBe(store.coveredPosition());
      for (const batch of journal.filter(({ next }) => next > from)) {
        if (random() < 0.1) await store.maintain(nowMs);
        await store.write(batch.readings, batch.next);
      }
    },
  };
  const likely = [
    "write",
    "write",
    "write",
    "write",
    "rewrite",
    "remove",
    "remove",
    "removeADay",
    "maintain",
    "maintain",
    "reopen",
    "comeFromBeforeMarks",
    "loseTheHotFile",
  ];

  async function compare(): Promise<void> {
    const span = { fromMs: 0, toMs: nowMs + 2 * dayMs };
    const expected = [...model.values()].map(({ reading }) => reading).sort(byKey);
    const found = await store.readings({ ...span, devices, limit: 1e6 });
    expect(found.map(withoutReceipt)).toEqual(expected.map(withoutReceipt));
    expect(store.latest().sort(byKey)).toEqual(latestOf(model.values()));
    const part = { fromMs: nowMs - below(80) * dayMs - below(dayMs), toMs: nowMs - below(3) * hourMs };
    await compareHours(part, expected);
    await compareExport(part, expected);
  }

  /** Whether it is put in order at once or a few devices at a time. */
  async function compareExport(span: Span, all: readonly Reading[]): Promise<void> {
    const only = pick([{}, { devices: ["b"] }, { devices: ["c", "a"], quantities: ["soil.moisture"] }]);
    const isWanted = ({ device, quantity, measuredAtMs: at }: Reading) =>
      at >= span.fromMs &&
      at < span.toMs &&
      (only.devices ?? [device]).includes(device) &&
      (only.quantities ?? [quantity]).includes(quantity);
    const wanted = all.filter(isWanted);
    const file = join(folder, "export.csv");
    expect(await store.export({ ...span, ...only, format: "csv", file })).toBe(wanted.length);
    const rows = (await readFile(file, "utf8")).trimEnd().split("\n").slice(1);
    expect(
      rows.map((row) => row.split(",")).map(([device, quantity, , at]) => [device, quantity, at]),
    ).toEqual(
      wanted.map(({ device, quantity, measuredAtMs }) => [
        device,
        quantity,
        new Date(measuredAtMs).toISOString(),
      ]),
    );
    expect((await readdir(folder)).filter((name) => name.startsWith("export."))).toEqual(["export.csv"]);
    await rm(file);
  }

  async function compareHours(span: Span, all: readonly Reading[]): Promise<void> {
    const inSpan = all.filter(({ measuredAtMs: at }) => at >= span.fromMs && at < span.toMs);
    const quantity = pick(quantities);
    const means = await store.hourlyMeans({ ...span, devices, quantity });
    expect(means.map(({ device, hourMs, count, min, max }) => [device, hourMs, count, min, max])).toEqual(
      hoursOf(inSpan.filter((reading) => reading.quantity === quantity)),
    );
    const marks = await store.hourMarks!({ ...span, devices: [...devices, "unheard"] });
    expect(marks.flatMap(hoursMarked)).toEqual(marksOf(all, span));
    expect(await store.completeness(span)).toEqual(completenessOf(inSpan));
    const series = await store.series({ ...span, device: "a", quantity, buckets: 1 + below(400) });
    const counted = series.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(inSpan.filter((r) => r.device === "a" && r.quantity === quantity).length);
  }

  for (let step = 0; step < steps; step += 1) {
    await operations[pick(likely)]!();
    await compare();
  }
  await store.close();
  await rm(folder, { recursive: true });
});

function withoutReceipt({ device, quantity, measuredAtMs, value }: Omit<Reading, "live">) {
  return { device, quantity, measuredAtMs, value };
}

interface Keyed {
  readonly device: string;
  readonly quantity: string;
  readonly measuredAtMs: number;
}

function byKey(a: Keyed, b: Keyed): number {
  const names = `${a.device} ${a.quantity}` < `${b.device} ${b.quantity}` ? -1 : 1;
  return a.device === b.device && a.quantity === b.quantity ? a.measuredAtMs - b.measuredAtMs : names;
}

function latestOf(all: Iterable<Kept>) {
  const newest = new Map<string, Reading>();
  for (const { reading, live } of all) {
    const series = `${reading.device} ${reading.quantity}`;
    const known = newest.get(series);
    if (live && (!known || known.measuredAtMs < reading.measuredAtMs)) newest.set(series, reading);
  }
  return [...newest.values()].sort(byKey).map(({ device, quantity, value, measuredAtMs }) => ({
    device,
    quantity,
    value,
    measuredAtMs,
  }));
}

function hoursOf(readings: readonly Reading[]) {
  const hours = Map.groupBy(readings, ({ device, measuredAtMs: at }) => `${device} ${at - (at % hourMs)}`);
  return [...hours.values()].map((group) => {
    const values = group.map(({ value }) => value);
    const { device, measuredAtMs: at } = group[0]!;
    return [device, at - (at % hourMs), group.length, Math.min(...values), Math.max(...values)];
  });
}

function hoursMarked({ device, quantity, firstDay, heard, still, same }: HourMarks) {
  const hours = Array.from({ length: heard.length * 24 }, (_, hour) => hour);
  const has = (masks: Int32Array, hour: number) => ((masks[Math.floor(hour / 24)]! >> (hour % 24)) & 1) === 1;
  return hours
    .filter((hour) => has(heard, hour))
    .map((hour) => [device, quantity, firstDay * dayMs + hour * hourMs, has(still, hour), has(same, hour)]);
}

/** Hours that begin in the span, with whether all readings are one value, and whether that of the hour before is the same. */
function marksOf(all: readonly Reading[], { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const series = Map.groupBy(all, ({ device, quantity }) => `${device} ${quantity}`);
  return [...series.values()].flatMap((ofOne) => {
    const { device, quantity } = ofOne[0]!;
    let before = Number.NaN;
    return hoursOf(ofOne)
      .map(([, startMs, , low, high]) => [startMs, low, high] as [number, number, number])
      .filter(([startMs]) => startMs >= fromMs && startMs < toMs)
      .map(([startMs, low, high]) => {
        const same = low === high && low === before;
        before = low === high ? low : Number.NaN;
        return [device, quantity, startMs, low === high, same];
      });
  });
}

function completenessOf(readings: readonly Reading[]) {
  const every = (group: readonly Reading[], unitMs: number) =>
    new Set(group.map(({ measuredAtMs }) => Math.floor(measuredAtMs / unitMs))).size;
  return [...Map.groupBy(readings, ({ device }) => device)].map(([device, group]) => ({
    device,
    minutesWithData: every(group, minuteMs),
    hoursWithData: every(group, hourMs),
    readings: group.length,
  }));
}

/** mulberry32: small, and the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
