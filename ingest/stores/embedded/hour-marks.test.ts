import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dayMs, dayOf, hourMs } from "./day.ts";
import { manifestFile, parseManifest } from "./manifest.ts";
import type { EmbeddedStore } from "./open-embedded-store.ts";
import { openIn } from "./testing/numbered-history.ts";

let folder: string;
let store: EmbeddedStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-marks-"));
  store = await openIn(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const midnightMs = Date.UTC(2026, 8, 21);
const span = { fromMs: midnightMs - dayMs, toMs: midnightMs + dayMs };
const sealedMs = midnightMs + 3 * dayMs;
let position = 0;

/** Values at times given in hours after midnight. */
async function measured(values: Readonly<Record<string, number>>): Promise<void> {
  const readings = Object.entries(values).map(([hours, value]) => {
    const measuredAtMs = midnightMs + Number(hours) * hourMs;
    return {
      device: "n1",
      quantity: "soil.moisture",
      value,
      measuredAtMs,
      receivedAtMs: measuredAtMs,
      live: true,
    };
  });
  position += 1;
  await store.write(readings, position);
}

const marks = async () => {
  const [found] = await store.hourMarks!({ ...span, devices: ["n1"] });
  const bits = (masks: Int32Array) => [...masks].map((mask) => mask.toString(2).padStart(24, "0"));
  return found && { heard: bits(found.heard), still: bits(found.still), same: bits(found.same) };
};

const asMarks = (...masks: readonly string[]) => masks.map((mask) => mask.padStart(24, "0"));

/** In the evening before midnight, one value for two hours; over midnight and a gap another one; then it moves. */
const overMidnight = { "-3": 20, "-2.5": 20, "-2": 20, "-1": 21, "2": 21, "2.5": 21, "3": 21, "3.5": 22 };
const expected = {
  heard: asMarks("111".padEnd(24, "0"), "1100"),
  still: asMarks("111".padEnd(24, "0"), "0100"),
  same: asMarks("010".padEnd(24, "0"), "0100"),
};

test("an hour goes on with the value of the hour before it, over midnight and a gap", async () => {
  await measured(overMidnight);
  expect(await marks()).toEqual(expected);
  await store.maintain(sealedMs);
  expect(await marks()).toEqual(expected);
  expect(await readdir(join(folder, "marks"))).toHaveLength(2);
});

test("what comes late, is corrected or is removed changes the marks of a sealed day at once", async () => {
  await measured(overMidnight);
  await store.maintain(sealedMs);
  await measured({ "1": 25 });
  const between = asMarks("010".padEnd(24, "0"), "0000");
  expect(await marks()).toMatchObject({
    heard: [expected.heard[0], "1110".padStart(24, "0")],
    same: between,
  });
  await measured({ "3.5": 21, "1": 21 });
  expect(await marks()).toMatchObject({ still: [expected.still[0], "1110".padStart(24, "0")] });
  const key = { device: "n1", quantity: "soil.moisture" };
  await store.remove([1, 3.5].map((hours) => ({ ...key, measuredAtMs: midnightMs + hours * hourMs })));
  expect(await marks()).toEqual({
    ...expected,
    still: [expected.still[0], "1100".padStart(24, "0")],
    same: [expected.same[0], "1100".padStart(24, "0")],
  });
});

test("an hour that begins outside of the span is none, and the first one goes on with nothing", async () => {
  await measured(overMidnight);
  const [found] = await store.hourMarks!({
    fromMs: midnightMs - 2 * hourMs,
    toMs: midnightMs + 2.5 * hourMs,
    devices: ["n1"],
  });
  expect(found).toEqual({
    device: "n1",
    quantity: "soil.moisture",
    firstDay: dayOf(span.fromMs),
    heard: Int32Array.of(0b11 << 22, 0b100),
    still: Int32Array.of(0b11 << 22, 0b100),
    same: Int32Array.of(0, 0b100),
  });
  expect(await store.hourMarks!({ ...span, toMs: span.fromMs + hourMs, devices: ["n1"] })).toEqual([]);
});

test("files that are older than marks say the same, and get theirs by maintenance", async () => {
  await measured(overMidnight);
  await store.maintain(sealedMs);
  await store.close();
  const path = join(folder, manifestFile);
  const { files, ...manifest } = JSON.parse(await readFile(path, "utf8"));
  const older = files.map(({ marks: _, ...file }: { marks: string }) => file);
  await writeFile(path, JSON.stringify({ ...manifest, files: older }));
  store = await openIn(folder);
  expect(await readdir(join(folder, "marks"))).toEqual([]);
  expect(await marks()).toEqual(expected);
  await store.maintain(sealedMs);
  const named = parseManifest(await readFile(path, "utf8")).files.map((file) => file.marks);
  const made = (await readdir(join(folder, "marks"))).map((name) => `marks/${name}`);
  expect(named.toSorted()).toEqual(made.toSorted());
  expect(made).toHaveLength(2);
  expect(await marks()).toEqual(expected);
});

test("marks that are older than tallies say the same, beside others, and get them by maintenance", async () => {
  await measured(overMidnight);
  await store.maintain(sealedMs);
  const whole = { fromMs: span.fromMs, toMs: span.toMs };
  const counted = await store.completeness(whole);
  await store.close();
  const path = join(folder, manifestFile);
  const { files, ...manifest } = JSON.parse(await readFile(path, "utf8"));
  const [{ tallied, ...older }, ...others] = files;
  expect(tallied).toBe(true);
  await withoutTallies(join(folder, older.marks));
  await writeFile(path, JSON.stringify({ ...manifest, files: [older, ...others] }));
  store = await openIn(folder);
  expect(await marks()).toEqual(expected);
  expect(await store.completeness(whole)).toEqual(counted);
  await store.maintain(sealedMs);
  expect(parseManifest(await readFile(path, "utf8")).files.map((file) => file.tallied)).toEqual([true, true]);
  expect(await marks()).toEqual(expected);
  expect(await store.completeness(whole)).toEqual(counted);
});

/** Writes a file of marks as it was before there were tallies. */
async function withoutTallies(file: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const columns = "device, quantity, day, heard, still, same, first, last";
  await connection.run(`COPY (SELECT ${columns} FROM '${file}') TO '${file}.old' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  await rename(`${file}.old`, file);
}
