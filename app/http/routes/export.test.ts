import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
let atMs: number;
beforeEach(async () => {
  farm = await openFarmServer();
  atMs = farm.time.nowMs;
  await farm.measure(
    { device: "soil-1", quantity: "soil.moisture", value: 31.25, atMs: atMs - 1000 },
    { device: "soil-1", quantity: "soil.temperature", value: 24, atMs: atMs - 1000 },
    { device: "pond-1", quantity: "water.dissolvedOxygen", value: 5.5, atMs: atMs - 1000 },
  );
});
afterEach(() => farm.close());

const span = () => `fromMs=${atMs - 60_000}&toMs=${atMs}`;
const files = () => readdir(join(farm.folder, "exports"));

test("CSV has a head, units and RFC 3339 times", async () => {
  const answer = await farm.ask("hoa", `/export?${span()}&quantity=soil.moisture`);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe(
    'attachment; filename="canhdong-2026-11-21-2026-11-21.csv"',
  );
  const lines = (await answer.text()).trimEnd().split("\n");
  expect(lines[0]).toBe("device,quantity,unit,measured_at,received_at,value");
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(
      /^soil-1,soil\.moisture,%,2026-11-21T04:59:59\.000Z,2026-11-21T05:00:00\.\d{3}Z,31\.25$/,
    ),
  ]);
});

test("Parquet can be read by anybody's DuckDB", async () => {
  const answer = await farm.ask("lan", `/export?${span()}&format=parquet`);
  expect(answer.headers.get("content-type")).toBe("application/vnd.apache.parquet");
  const file = join(farm.folder, "download.parquet");
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  const rows = await connection.runAndReadAll(`SELECT device, quantity, value FROM '${file}'`);
  expect(rows.getRows()).toEqual([
    ["pond-1", "water.dissolvedOxygen", 5.5],
    ["soil-1", "soil.moisture", 31.25],
    ["soil-1", "soil.temperature", 24],
  ]);
  connection.closeSync();
  database.closeSync();
});

test("nothing is left on disk after a download", async () => {
  await (await farm.ask("hoa", `/export?${span()}`)).text();
  await expect.poll(files).toEqual([]);
});

test("a download that is given up leaves nothing either", async () => {
  const abort = new AbortController();
  await farm.ask("hoa", `/export?${span()}`, { signal: abort.signal });
  abort.abort();
  await expect.poll(files).toEqual([]);
});

test("what a crash left behind is gone after the next start, and nothing else", async () => {
  const exportFolder = join(farm.folder, "exports");
  for (const name of ["export-1.csv", "keep-me.txt"]) await writeFile(join(exportFolder, name), "");
  const next = await openFarmServer({ exportFolder });
  expect(await files()).toEqual(["keep-me.txt"]);
  await next.close();
});

test("an export that fails is a problem, not half a file", async () => {
  const broken = await openFarmServer({ exportFolder: join(farm.folder, "exports") });
  await broken.store.close();
  const answer = await broken.ask("lan", `/export?${span()}`);
  expect(answer.status).toBe(500);
  expect(answer.headers.get("content-disposition")).toBeNull();
  expect(await answer.json()).toMatchObject({ error: "internal" });
  expect(await files()).toEqual([]);
  await broken.close().catch(() => undefined);
});

test("a farmer without devices gets an empty file", async () => {
  farm.registry.addPerson({ id: "mai", name: "Mai", role: "farmer" }, atMs);
  const answer = await farm.ask("mai", `/export?${span()}`);
  expect((await answer.text()).trimEnd()).toBe("device,quantity,unit,measured_at,received_at,value");
});
