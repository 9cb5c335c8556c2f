import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { quantities, type Registry } from "../../devices/index.ts";
import type { EmbeddedStore } from "../../ingest/stores/embedded/open-embedded-store.ts";
import { spanMs } from "../../linkage/dates/local-date.ts";
import { recount } from "../../linkage/evidence/recount.ts";
import {
  type Node,
  type Province,
  rule,
  simulatedProvince,
  year,
} from "../../linkage/evidence/simulated-province.ts";
import { openOffice, type RunningOffice } from "./open-office.ts";
import { hoursInCsv } from "./testing/exported-hours.ts";
import {
  actsOf,
  afterYearMs,
  registerIn,
  registryIn,
  storeIn,
  storeProvince,
} from "./testing/stored-province.ts";

/*
 * What the server counts of a province's year is held against a recount of the file that its store exports. The full size,
 * 300 models with 1,500 nodes, is `npm run bench -- count`.
 */

const seed = Number(process.env.SEED ?? 42);
const size = { models: 40, nodes: 120, seed, quantities: 2, perHour: 1, flood: 1_000_000 };
const secondsOfAYear = 600_000;

let folder: string;
let province: Province;
let acts: ReturnType<typeof actsOf>;
let registry: Registry;
let store: EmbeddedStore;
let office: RunningOffice;
let nowMs = afterYearMs;
let sound: ReadonlyMap<string, Uint8Array>;

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
    alerts: (device) =>
      (acts.byDevice.get(device) ?? []).map((atMs) => ({
        acknowledgedAtMs: atMs,
        acknowledgedBy: "can-bo-1",
      })),
    now: () => nowMs,
  });
  sound = await exported();
  return async () => {
    await office.close();
    await store.close();
    registry.close();
    province.register.close();
    await rm(folder, { recursive: true });
  };
}, secondsOfAYear);

async function exported(): Promise<ReadonlyMap<string, Uint8Array>> {
  const file = join(folder, "readings.csv");
  await store.export({ ...spanMs(year), format: "csv", file });
  return hoursInCsv(file);
}

/** Counted anew, whatever the office remembers. */
async function verdicts(): Promise<Map<string, string>> {
  nowMs += 2 * 3_600_000;
  const { models } = await office.models({ plan: "ha-tinh", period: "2025" });
  return new Map(models.map(({ id, iot }) => [id, iot] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const silent = new Uint8Array(366 * 24);
const recounted = () =>
  recount({ ...province, acts: acts.acts }, ({ device }: Node) => sound.get(device) ?? silent);

test(
  `the server's count of a province equals a recount of the exported readings (seed ${seed})`,
  async () => {
    const found = await verdicts();
    expect(found).toEqual(recounted());
    expect(new Set(found.values())).toEqual(new Set(["yes", "no", "no-data"]));
  },
  secondsOfAYear,
);
