import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contractUnits, day, minute, reading, start } from "../contract/readings.ts";
import { type EmbeddedStore, openEmbeddedStore } from "./open-embedded-store.ts";
import { rowsOf } from "./rows.ts";

const devices = ["node-1", "node-2", "node-3"];
const quantities = [...contractUnits.keys()];
const span = { fromMs: start, toMs: start + day };

let folder: string;
let store: EmbeddedStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-hot-"));
  store = await open();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function open(): Promise<EmbeddedStore> {
  return openEmbeddedStore({
    folder,
    quantities: contractUnits,
    retentionDaysOf: () => null,
    log: { info() {}, warn() {} },
    now: () => start,
    threads: 1,
    memoryLimitMb: 128,
    thresholds: { mergeLate: 1000, sortTail: 40, smallMonth: 1000, exportAtOnce: 1000 },
  });
}

/** One reading of each quantity of each device, for each of these minutes. */
async function writeMinutes(from: number, to: number, of = devices): Promise<void> {
  for (let at = from; at < to; at++) {
    const measuredAtMs = start + at * minute;
    const uplinks = of.map((device, which) =>
      quantities.map((quantity) => reading({ device, quantity, measuredAtMs, value: at + which / 10 })),
    );
    await store.write(uplinks.flat(), at + 1);
  }
}

/** Asks the file while no store has it open. */
async function inHotFile<T>(sql: string): Promise<T[]> {
  await store.close();
  const instance = await DuckDBInstance.create(join(folder, "hot.duckdb"));
  const connection = await instance.connect();
  try {
    return await rowsOf(connection, sql, (value: T) => value);
  } finally {
    connection.closeSync();
    instance.closeSync();
    store = await open();
  }
}

async function everything() {
  const readings = await store.readings({ ...span, devices, limit: 10_000 });
  const means = quantities.map((quantity) => store.hourlyMeans({ ...span, devices, quantity }));
  return { readings, means: await Promise.all(means) };
}

test("a quantity has the number of its first series in every run, whenever a series came", async () => {
  await writeMinutes(0, 20, ["node-2"]);
  await writeMinutes(20, 40);
  const names = await inHotFile<string>(`
    SELECT DISTINCT own.quantity || ' is ' || first.quantity FROM body
    JOIN series AS own ON own.id = body.series JOIN series AS first ON first.id = body.quantity`);
  expect(names.sort()).toEqual(quantities.map((name) => `${name} is ${name}`).sort());
  await writeMinutes(40, 60);
  const { readings, means } = await everything();
  expect(readings).toHaveLength((20 + 3 * 40) * quantities.length);
  for (const [hour] of means.map((of) => of.filter(({ device }) => device === "node-2")))
    expect(hour).toMatchObject({ count: 60, min: 0, max: 59.1 });
});

test("a body that is sorted by series alone, as it was before, is taken up with all its rows", async () => {
  await writeMinutes(0, 30);
  const before = await everything();
  const [rows] = await inHotFile<number>("SELECT count(*)::INTEGER FROM body");
  expect(rows).toBeGreaterThan(100);
  await inHotFile(`
    BEGIN;
    DROP VIEW hot;
    CREATE TABLE older AS SELECT series, ts, value, delay, live FROM body ORDER BY series, ts;
    DROP TABLE body;
    ALTER TABLE older RENAME TO body;
    CREATE VIEW hot AS SELECT * FROM body UNION ALL SELECT * FROM tail;
    COMMIT`);
  expect(await inHotFile("SELECT count(quantity)::INTEGER FROM body")).toEqual([rows]);
  expect(await everything()).toEqual(before);
});
