import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { hourMs, spanMs, startOfDateMs } from "../../calendar/index.ts";
import { quantities, type Reading, type Registry } from "../../devices/index.ts";
import type { EmbeddedStore } from "../../ingest/stores/embedded/open-embedded-store.ts";
import { recount } from "../../linkage/evidence/recount.ts";
import {
  nodeKinds,
  type Province,
  rule,
  simulatedProvince,
  year,
} from "../../linkage/evidence/simulated-province.ts";
import { units } from "../../linkage/registry/test-records.ts";
import { openOffice, type RunningOffice } from "./open-office.ts";
import { hoursInCsv } from "./testing/exported-hours.ts";
import {
  actsOf,
  afterYearMs,
  registerIn,
  registryIn,
  type StoredSize,
  storeIn,
  storeProvince,
} from "./testing/stored-province.ts";

/*
 * What the server counts of a province's year is held against a recount of the file that its store exports. The full size,
 * 300 models with 1,500 nodes, is `npm run bench -- count`.
 */

const seed = Number(process.env.SEED ?? 42);
const size: StoredSize = {
  models: 24,
  nodes: 72,
  seed,
  quantities: 2,
  perHour: 1,
  flood: 100_000,
  sealedEvery: "month",
};
const secondsOfAYear = 600_000;

let folder: string;
let province: Province;
let acts: ReturnType<typeof actsOf>;
let registry: Registry;
let store: EmbeddedStore;
let office: RunningOffice;
let nowMs = afterYearMs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-recount-"));
  await storeProvince(folder, size);
  province = simulatedProvince(size);
  acts = actsOf(province);
  registry = registryIn(folder);
  store = await storeIn(folder);
  office = openOffice({
    registerFile: registerIn(folder),
    snapshotsFile: join(folder, "snapshots.db"),
    outlinesFile: join(folder, "outlines.json"),
    rule,
    plan: "ha-tinh",
    registry,
    readings: store,
    quantities: quantities.keys(),
    acknowledgedAt: (device) => acts.byDevice.get(device) ?? [],
    now: () => nowMs,
  });
  return async () => {
    await office.close();
    await store.close();
    registry.close();
    province.register.close();
    await rm(folder, { recursive: true });
  };
}, secondsOfAYear);

/** By the office, anew: what it remembers is too old by then. */
async function counted(): Promise<Map<string, string>> {
  nowMs += 2 * hourMs;
  const { models } = await office.models({ plan: "ha-tinh", period: "2025" });
  return new Map(models.map(({ id, iot }) => [id, iot] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** From a file that the store exports. */
async function recounted(): Promise<Map<string, string>> {
  const file = join(folder, "readings.csv");
  await store.export({ ...spanMs(year), format: "csv", file });
  const sound = await hoursInCsv(file);
  const silent = new Uint8Array(366 * 24);
  return recount({ ...province, acts: acts.acts }, ({ device }) => sound.get(device) ?? silent);
}

/** All that the nodes sent which ever stood at a model. */
async function sentFor(model: string): Promise<Reading[]> {
  const devices = province.nodes
    .filter(({ stretches }) => stretches.some((stretch) => stretch.model === model))
    .map(({ device }) => device);
  const sent = await store.readings({ ...spanMs(year), devices, limit: 1e7 });
  return sent.map((reading) => ({ ...reading, live: false }));
}

test("the province has 69 communes since July, cheaters of each kind, and what came after its days were sealed", async () => {
  expect(units.communesOf("42", "2025-07-01")).toHaveLength(69);
  expect(new Set(province.models.map(({ communeAsOf }) => communeAsOf))).toEqual(
    new Set(["2025-06-30", "2025-07-01"]),
  );
  expect(new Set(province.nodes.map(({ kind }) => kind))).toEqual(new Set(nodeKinds));
  const { device } = province.nodes.find(({ kind }) => kind === "flooding")!;
  const day = { fromMs: startOfDateMs("2025-02-01"), toMs: startOfDateMs("2025-02-02") };
  const [heard] = await store.completeness({ ...day, devices: [device], quantity: "soil.moisture" });
  expect(heard!.readings).toBeGreaterThanOrEqual(size.flood);
});

test(`the server's count of a province equals a recount of the exported readings (seed ${seed})`, {
  timeout: secondsOfAYear,
}, async () => {
  const found = await counted();
  expect(found).toEqual(await recounted());
  expect(new Set(found.values())).toEqual(new Set(["yes", "no", "no-data"]));
});

test("what is taken back and what is read anew changes both alike, before its days are sealed again and after", {
  timeout: secondsOfAYear,
}, async () => {
  const [first, second] = [...(await counted())].filter(([, verdict]) => verdict === "yes");
  await store.remove(await sentFor(first![0]));
  await store.rewrite((await sentFor(second![0])).map((reading) => ({ ...reading, value: 30 })));
  const found = await counted();
  expect([first, second].map((model) => found.get(model![0]))).toEqual(["no", "no"]);
  const expected = await recounted();
  expect(found).toEqual(expected);
  await store.maintain(nowMs);
  expect(await counted()).toEqual(expected);
});
