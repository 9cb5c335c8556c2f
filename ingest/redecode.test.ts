import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { quantities, type Reading, type Uplink } from "../devices/index.ts";
import { createDecoder } from "./decode/decoder.ts";
import type { Dialect } from "./decode/dialect.ts";
import { native } from "./decode/native/native.ts";
import { type Follower, follow } from "./follow.ts";
import type { Journal } from "./journal/journal.ts";
import { openSegmentJournal } from "./journal/segments/open-segment-journal.ts";
import { seededRandom } from "./journal/testing/seeded-random.ts";
import { openQuarantine, type Quarantine } from "./quarantine/open-quarantine.ts";
import { type RedecodeParts, redecode } from "./redecode.ts";
import { type EmbeddedStore, openEmbeddedStore } from "./stores/embedded/open-embedded-store.ts";

const startMs = Date.UTC(2026, 6, 1);
const minute = 60_000;
const quiet = { info() {}, warn() {}, error() {} };

/** Journal, quarantine and store, each followed as in the running program; devices are registered as the test goes on. */
interface Ingest {
  readonly journal: Journal;
  readonly quarantine: Quarantine;
  readonly store: EmbeddedStore;
  register(device: string): void;
  forget(device: string): void;
  /** Resolves when each is stored or quarantined. */
  receive(...uplinks: readonly Partial<Uplink>[]): Promise<void>;
  redecode(parts?: Partial<RedecodeParts>): ReturnType<typeof redecode>;
  stored(device?: string): Promise<[measuredAtMs: number, value: number][]>;
  everything(device: string): Promise<[quantity: string, measuredAtMs: number, value: number][]>;
}

async function openIngest(
  journalOptions: { segmentBytes?: number } = {},
  dialects?: readonly Dialect[],
): Promise<Ingest> {
  const folder = await mkdtemp(join(tmpdir(), "redecode-"));
  const journal = await openSegmentJournal({ folder: join(folder, "journal"), ...journalOptions });
  const quarantine = openQuarantine(join(folder, "quarantine.db"), { log: quiet });
  const store = await openEmbeddedStore({
    folder: join(folder, "store"),
    quantities,
    retentionDaysOf: () => null,
    log: quiet,
    now: () => startMs,
  });
  const registered = new Map<string, { intervalMs: number | null }>();
  const decoder = createDecoder({ device: (id) => registered.get(id) });
  const first =
    dialects === undefined ? decoder : createDecoder({ device: (id) => registered.get(id), dialects });
  const common = { journal, decoder: first, from: 0, log: quiet };
  const followers: Follower[] = [
    follow({ ...common, name: "quarantine", handle: (batch, next) => quarantine.keep(batch, next) }),
    follow({
      ...common,
      name: "store",
      handle: (batch, next) =>
        store.write(
          batch.flatMap(({ readings }) => readings),
          next,
        ),
    }),
  ];
  onTestFinished(async () => {
    await Promise.all(followers.map((follower) => follower.stop()));
    await journal.close();
    await store.close();
    quarantine.close();
    await rm(folder, { recursive: true });
  });

  async function everything(device: string): Promise<[string, number, number][]> {
    const span = { fromMs: 0, toMs: startMs * 2, devices: [device], limit: 10_000 };
    const found = await store.readings(span);
    return found.map(({ quantity, measuredAtMs, value }) => [quantity, measuredAtMs, value]);
  }

  return {
    journal,
    quarantine,
    store,
    register: (device) => void registered.set(device, { intervalMs: minute }),
    forget: (device) => void registered.delete(device),
    async receive(...uplinks) {
      await Promise.all(uplinks.map((uplink) => append(journal, uplink)));
      await Promise.all(followers.map((follower) => follower.settled()));
    },
    redecode: (parts = {}) =>
      redecode({
        ...{ journal, decoder, store, quarantine, nowMs: startMs },
        range: { fromMs: 0, toMs: startMs * 2 },
        ...parts,
      }),
    async stored(device = "node-1") {
      return (await everything(device)).map(([, measuredAtMs, value]) => [measuredAtMs, value]);
    },
    everything,
  };
}

function append(journal: Journal, { device = "node-1", ...rest }: Partial<Uplink>): Promise<void> {
  const uplink = {
    device,
    topic: `canhdong/v1/${device}/telemetry`,
    receivedAtMs: startMs,
    payload: bytes(31),
    ...rest,
  };
  return new Promise((resolve, reject) => {
    journal.append(uplink, (error) => (error ? reject(error) : resolve()));
  });
}

const bytes = (moisture: unknown) => Buffer.from(JSON.stringify({ values: { "soil.moisture": moisture } }));
const at = (minutes: number, moisture: unknown = 30 + minutes, device = "node-1") => ({
  device,
  receivedAtMs: startMs + minutes * minute,
  payload: bytes(moisture),
});

test("what came from a device before it was registered is mended once it is", async () => {
  const ingest = await openIngest();
  await ingest.receive(at(1), at(2), at(3, 140));
  expect(ingest.quarantine.count()).toEqual({ "unknown-device": 3 });
  ingest.register("node-1");
  const account = await ingest.redecode();
  expect(account).toEqual({
    uplinks: 3,
    readings: 2,
    readingsBefore: 0,
    added: 2,
    changed: 0,
    removed: 0,
    superseded: 0,
    quarantinedBefore: 3,
    mended: 2,
    stillQuarantined: 1,
    byReason: { implausible: 1 },
  });
  expect(await ingest.stored()).toEqual([
    [startMs + minute, 31],
    [startMs + 2 * minute, 32],
  ]);
  expect(ingest.quarantine.count()).toEqual({ implausible: 1 });
});

test("done twice it is done once", async () => {
  const ingest = await openIngest();
  await ingest.receive(at(1), at(2, "rubbish"));
  ingest.register("node-1");
  await ingest.redecode();
  const before = [await ingest.stored(), ingest.quarantine.list({ limit: 10 })];
  expect(await ingest.redecode()).toMatchObject({ readings: 1, mended: 0, stillQuarantined: 1 });
  expect([await ingest.stored(), ingest.quarantine.list({ limit: 10 })]).toEqual(before);
});

test("a reading that was decoded wrongly is overwritten", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(at(1));
  const wrong = { device: "node-1", quantity: "soil.moisture", measuredAtMs: startMs + minute };
  await ingest.store.rewrite([{ ...wrong, receivedAtMs: startMs + minute, value: 99, live: true }]);
  expect(await ingest.stored()).toEqual([[startMs + minute, 99]]);
  await ingest.redecode();
  expect(await ingest.stored()).toEqual([[startMs + minute, 31]]);
});

const reading = (minutes: number, part: Partial<Reading> = {}): Reading => ({
  device: "node-1",
  quantity: "soil.moisture",
  measuredAtMs: startMs + minutes * minute,
  receivedAtMs: startMs + minutes * minute,
  value: 30 + minutes,
  live: true,
  ...part,
});

test("what today's decoder no longer makes disappears, from means and completeness, too", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(at(1), at(2));
  const wrong = [
    reading(1, { quantity: "air.temperature", value: 65.5 }),
    reading(2, { measuredAtMs: startMs + 7 * 60 * minute, value: 99 }),
  ];
  await ingest.store.rewrite(wrong);
  expect(await ingest.redecode()).toMatchObject({
    readings: 2,
    readingsBefore: 4,
    added: 0,
    changed: 0,
    removed: 2,
  });
  const span = { fromMs: startMs, toMs: startMs + 86_400_000, devices: ["node-1"] };
  expect(await ingest.store.completeness(span)).toMatchObject([{ readings: 2, minutesWithData: 2 }]);
  expect(await ingest.store.hourlyMeans({ ...span, quantity: "air.temperature" })).toEqual([]);
  expect(ingest.store.latest()).toMatchObject([{ quantity: "soil.moisture", value: 32 }]);
  expect(await ingest.redecode()).toMatchObject({ readingsBefore: 2, removed: 0 });
});

test("what a stricter catalogue refuses moves from the store to quarantine", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(at(1), at(2, 140));
  await ingest.store.rewrite([reading(2, { value: 140 })]);
  expect(await ingest.redecode()).toMatchObject({ removed: 1, stillQuarantined: 1 });
  expect(await ingest.stored()).toEqual([[startMs + minute, 31]]);
  expect(ingest.quarantine.count()).toEqual({ implausible: 1 });
});

test("readings of other uplinks and of other devices stay", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(at(1), at(5));
  const others = [
    reading(1, { device: "node-2" }),
    reading(3),
    reading(1, { quantity: "air.temperature", value: 20, receivedAtMs: startMs + minute + 2000 }),
  ];
  await ingest.store.rewrite(others);
  expect(await ingest.redecode()).toMatchObject({ removed: 0 });
  expect((await ingest.stored()).length).toBe(4);
  expect(await ingest.stored("node-2")).toEqual([[startMs + minute, 31]]);
});

test("the history of a device that is registered no more is not taken back", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(at(1), at(2));
  ingest.forget("node-1");
  expect(await ingest.redecode()).toMatchObject({ readings: 0, removed: 0, stillQuarantined: 2 });
  expect((await ingest.stored()).length).toBe(2);
});

test("what an uplink after the span has corrected stays corrected", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  const correction = [{ ts: startMs + minute, values: { "soil.moisture": 77 } }];
  await ingest.receive(at(1), { ...at(9), payload: Buffer.from(JSON.stringify(correction)) });
  const range = { fromMs: startMs, toMs: startMs + 5 * minute };
  expect(await ingest.redecode({ range })).toMatchObject({ uplinks: 1, changed: 0, superseded: 1 });
  expect(await ingest.stored()).toEqual([[startMs + minute, 77]]);
});

test("a backlog keeps its times, and what was made of it besides goes", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  const day = 24 * 60;
  const backlog = [1, 2, 3].map((days) => ({
    ts: startMs + days * day * minute,
    values: { "soil.moisture": days },
  }));
  await ingest.receive({ ...at(9 * day), payload: Buffer.from(JSON.stringify(backlog)) });
  await ingest.store.rewrite([
    reading(2 * day, { value: 50, receivedAtMs: startMs + 9 * day * minute }),
    reading(1 * day + 5, { value: 50, receivedAtMs: startMs + 9 * day * minute }),
  ]);
  expect(await ingest.redecode()).toMatchObject({ readings: 3, changed: 1, removed: 1 });
  expect((await ingest.stored()).map(([, value]) => value)).toEqual([1, 2, 3]);
});

test("only the asked device and the asked span are touched", async () => {
  const ingest = await openIngest();
  await ingest.receive(at(1), at(2), at(3, 33, "node-2"), at(4), at(5));
  ingest.register("node-1");
  ingest.register("node-2");
  const range = { fromMs: startMs + 2 * minute, toMs: startMs + 5 * minute };
  expect(await ingest.redecode({ range, device: "node-1" })).toMatchObject({
    uplinks: 2,
    readings: 2,
    mended: 2,
  });
  expect(await ingest.stored()).toEqual([
    [startMs + 2 * minute, 32],
    [startMs + 4 * minute, 34],
  ]);
  expect(ingest.quarantine.list({ limit: 9 }).map(({ position }) => position)).toEqual([4, 2, 0]);
});

test("what the journal no longer has is decoded from the bytes in quarantine", async () => {
  const ingest = await openIngest({ segmentBytes: 4096 });
  const padded = (minutes: number) => ({
    ...at(minutes),
    payload: Buffer.from(
      JSON.stringify({ note: "x".repeat(400), values: { "soil.moisture": 30 + minutes } }),
    ),
  });
  for (let minutes = 0; minutes < 60; minutes++) await ingest.receive(padded(minutes));
  await ingest.journal.trim(40, startMs + 61 * minute);
  const oldest = ingest.journal.start;
  expect(oldest).toBeGreaterThan(0);
  ingest.register("node-1");
  expect(await ingest.redecode()).toMatchObject({
    uplinks: 60,
    readings: 60,
    mended: 60,
    stillQuarantined: 0,
  });
  expect(await ingest.stored()).toEqual(
    Array.from({ length: 60 }, (_, minutes) => [startMs + minutes * minute, 30 + minutes]),
  );
  expect(ingest.quarantine.total).toBe(0);
});

test("progress is told to the end", async () => {
  const ingest = await openIngest();
  ingest.register("node-1");
  await ingest.receive(...Array.from({ length: 5000 }, (_, i) => at(i, 31)));
  const seen: [number, number][] = [];
  await ingest.redecode({ progress: (looked, of) => seen.push([looked, of]) });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toEqual([5000, 5000]);
});

test("when the store fails quarantine still says what is not mended", async () => {
  const ingest = await openIngest();
  await ingest.receive(at(1));
  ingest.register("node-1");
  const { store: real } = ingest;
  const store = {
    readings: real.readings,
    remove: real.remove,
    rewrite: () => Promise.reject(new Error("disk full")),
  };
  await expect(ingest.redecode({ store })).rejects.toThrow("disk full");
  expect(ingest.quarantine.count()).toEqual({ "unknown-device": 1 });
  expect(await ingest.redecode()).toMatchObject({ mended: 1 });
});

test("it can be stopped half-way", async () => {
  const ingest = await openIngest();
  await ingest.receive(at(1));
  await expect(ingest.redecode({ signal: AbortSignal.abort(new Error("closing")) })).rejects.toThrow(
    "closing",
  );
});

/** Native as a careless older decoder had it: names, times and scales are wrong for some values. */
const careless: Dialect = {
  ...native,
  version: native.version - 1,
  decode(uplink, harvest, context) {
    const take: typeof harvest.take = (item, quantity, found, measuredAtMs, place) => {
      const value = Number(found);
      const name = value % 3 === 0 ? "air.temperature" : quantity;
      const shiftMs = value % 5 === 0 ? (value % 2 === 0 ? -7 : 7) * 60 * minute : 0;
      harvest.take(item, name, value % 7 === 0 ? value / 2 : value, measuredAtMs + shiftMs, place);
    };
    const clumsy = new Proxy(harvest, {
      get(target, method) {
        const found: unknown = method === "take" ? take : Reflect.get(target, method, target);
        return typeof found === "function" ? found.bind(target) : found;
      },
    });
    native.decode(uplink, clumsy, context);
  },
};

test.each([1, 2, 3])(
  "after decoding again all is as if today's decoder had been there from the start (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const below = (n: number) => Math.floor(random() * n);
    let atMs = startMs;
    const uplinks = Array.from({ length: 300 }, () => {
      atMs += below(90_000);
      const backlog = Array.from({ length: 1 + below(4) }, (_, index) => ({
        ts: Math.floor((atMs - (index === 0 ? 0 : below(20 * 60) * minute)) / minute) * minute,
        values: { "soil.moisture": below(130) },
      }));
      return {
        device: `node-${below(3)}`,
        receivedAtMs: atMs,
        payload: Buffer.from(JSON.stringify(backlog)),
      };
    });
    const mended = await openIngest({}, [careless]);
    const fresh = await openIngest();
    for (const ingest of [mended, fresh]) {
      for (const number of [0, 1, 2]) ingest.register(`node-${number}`);
      await ingest.receive(...uplinks);
    }
    const all = async (ingest: Ingest) => [
      ...(await Promise.all([0, 1, 2].map((number) => ingest.everything(`node-${number}`)))),
      ingest.quarantine.count(),
    ];
    expect(await all(mended)).not.toEqual(await all(fresh));
    const account = await mended.redecode({ range: { fromMs: 0, toMs: startMs * 2 } });
    expect(account.removed).toBeGreaterThan(20);
    expect(await all(mended)).toEqual(await all(fresh));
    expect(await mended.redecode()).toMatchObject({ added: 0, changed: 0, removed: 0, mended: 0 });
  },
  60_000,
);

test("a span too large to be compared with the store at once is mended all the same", {
  timeout: 120_000,
}, async () => {
  const ingest = await openIngest();
  const itemsEach = 200;
  const uplinks = Array.from({ length: 1_100 }, (_, i) => {
    const receivedAtMs = startMs + i * minute;
    const items = Array.from({ length: itemsEach }, (_, k) => ({
      ts: receivedAtMs - 50_000 + k * 200,
      values: { "soil.moisture": 30 },
    }));
    return { receivedAtMs, payload: Buffer.from(JSON.stringify(items)) };
  });
  await ingest.receive(...uplinks);
  ingest.register("node-1");
  const all = uplinks.length * itemsEach;
  expect(await ingest.redecode()).toMatchObject({ uplinks: 1_100, readings: all, added: all, mended: 1_100 });
  expect(await ingest.redecode()).toMatchObject({ readingsBefore: all, added: 0, changed: 0, removed: 0 });
});
