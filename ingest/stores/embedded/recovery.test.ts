import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, open, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupStore } from "./backup.ts";
import type { EmbeddedStore } from "./open-embedded-store.ts";
import { openIn, readingsAt, stateBefore, stateOf, timeOf, writeUpTo } from "./testing/numbered-history.ts";

let folder: string;
let store: EmbeddedStore | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-recovery-"));
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A store with sealed days, an open day, and late rows for both; closed. */
async function filled(end = 500): Promise<void> {
  store = await openIn(folder);
  await writeUpTo(store, end - 40);
  await store.maintain(timeOf(end - 40));
  await writeUpTo(store, end);
  await store.close();
  store = undefined;
}

const damages: [string, (hot: string) => Promise<void>][] = [
  ["missing", (hot) => rm(hot)],
  ["empty", (hot) => truncate(hot, 0)],
  ["cut in half", (hot) => truncate(hot, 20_000)],
  ["overwritten with rubbish", (hot) => writeFile(hot, Buffer.alloc(100_000, "rubbish"))],
  ["overwritten in its middle", (hot) => overwrite(hot, 4096 * 3 + 100)],
];

async function overwrite(path: string, from: number): Promise<void> {
  const file = await open(path, "r+");
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size - from, 0x5a), 0, size - from, from);
  await file.close();
}

test.for(damages)("a hot file that is %s is rebuilt from the journal", async ([, damage]) => {
  await filled();
  await damage(join(folder, "hot.duckdb"));
  const warnings: string[] = [];
  store = await openIn(folder, (_, message) => warnings.push(message));
  const cursor = await store.cursor();
  expect(cursor).toBe(store.coveredPosition());
  expect(cursor).toBeGreaterThan(0);
  expect(cursor).toBeLessThan(500);
  await writeUpTo(store, 500, 7);
  expect(await stateOf(store)).toEqual(stateBefore(500));
});

test("a damaged hot file is put aside and named in the log", async () => {
  await filled();
  await writeFile(join(folder, "hot.duckdb"), Buffer.alloc(100_000, "rubbish"));
  const warnings: object[] = [];
  store = await openIn(folder, (details) => warnings.push(details));
  expect(warnings).toMatchObject([{ aside: join(folder, "hot.damaged.duckdb") }]);
  expect(existsSync(join(folder, "hot.damaged.duckdb"))).toBe(true);
});

test("a store that another process has open is refused, not rebuilt", async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "testing/write-until-killed.ts"), folder]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await expect(openIn(folder)).rejects.toThrow(/lock/);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(await readdir(folder)).not.toContain("hot.damaged.duckdb");
});

test("sealed readings without their list are not taken for leftovers", async () => {
  await filled();
  await rm(join(folder, "manifest.json"));
  await expect(openIn(folder)).rejects.toThrow(/manifest\.json is missing, but days\/ holds readings/);
  expect((await readdir(join(folder, "days"))).length).toBeGreaterThan(0);
});

test("what a crash left half written is removed", async () => {
  await filled();
  const leftovers = ["days/2026-09-30.99.parquet", "days/2026-09-30.100.parquet.partial", "hours/x.parquet"];
  for (const name of leftovers) await writeFile(join(folder, name), "half");
  store = await openIn(folder);
  expect(leftovers.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  expect(await stateOf(store)).toEqual(stateBefore(500));
});

test("a rewrite survives the loss of the hot file, and outranks what the journal held before it", async () => {
  await filled();
  store = await openIn(folder);
  const old = readingsAt(10)[0]!;
  const recent = readingsAt(495)[0]!;
  await store.rewrite([old, recent].map((reading) => ({ ...reading, value: -1 })));
  await store.close();
  await rm(join(folder, "hot.duckdb"));
  store = await openIn(folder);
  await writeUpTo(store, 499, 100);
  await store.maintain(timeOf(500));
  await writeUpTo(store, 500);
  const kept = async ({ device, measuredAtMs }: typeof old) =>
    (await store!.readings({ fromMs: measuredAtMs, toMs: measuredAtMs + 1, devices: [device], limit: 1 }))[0]!
      .value;
  expect([await kept(old), await kept(recent)]).toEqual([-1, -1]);
});

test("nothing is sealed while the journal is being read again, so a sealed correction is not undone", async () => {
  await filled();
  store = await openIn(folder);
  const corrected = { ...readingsAt(450)[0]!, value: -1 };
  await store.rewrite([corrected]);
  await store.maintain(timeOf(600));
  await writeUpTo(store, 600);
  await store.maintain(timeOf(700));
  await store.close();
  await rm(join(folder, "hot.duckdb"));
  store = await openIn(folder);
  await store.maintain(timeOf(700));
  await writeUpTo(store, 600, 10);
  const { device, measuredAtMs } = corrected;
  const found = await store.readings({
    fromMs: measuredAtMs,
    toMs: measuredAtMs + 1,
    devices: [device],
    limit: 1,
  });
  expect(found[0]!.value).toBe(-1);
});

test("a day of which everything was removed stays empty when the journal is read again", async () => {
  store = await openIn(folder);
  await writeUpTo(store, 80);
  await store.maintain(timeOf(80));
  await writeUpTo(store, 146);
  const late = { ...readingsAt(3)[0]!, device: "node-0", value: 5 };
  await store.write([late], 147);
  const firstDay = {
    fromMs: timeOf(0),
    toMs: timeOf(72),
    devices: [0, 1, 2, 3].map((number) => `node-${number}`),
    limit: 1e6,
  };
  const removed = await store.readings(firstDay);
  expect(removed.length).toBeGreaterThan(100);
  await store.remove(removed);
  await store.maintain(timeOf(150));
  await store.close();
  await rm(join(folder, "hot.duckdb"));
  store = await openIn(folder);
  expect(await store.cursor()).toBeLessThan(146);
  await writeUpTo(store, 146);
  await store.write([late], 147);
  expect(await store.readings(firstDay)).toEqual([]);
  await store.maintain(timeOf(300));
  expect(await store.readings(firstDay)).toEqual([]);
});

test("a copy made while a server writes and seals holds everything the journal no longer needs to", async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "testing/write-until-killed.ts"), folder]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const copies: { into: string; coveredPosition: number }[] = [];
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    if (copies.length === 4) break;
    if (Number(line) % 60 !== 0) continue;
    const into = `${folder}-copy-${copies.length}`;
    copies.push({ into, ...(await backupStore(folder, into)) });
  }
  child.kill("SIGKILL");
  for (const { into, coveredPosition } of copies) {
    store = await openIn(into);
    expect(await store.cursor()).toBe(coveredPosition);
    await writeUpTo(store, coveredPosition + 500, 50);
    expect(await stateOf(store)).toEqual(stateBefore(coveredPosition + 500));
    await store.close();
    await rm(into, { recursive: true });
  }
  store = undefined;
  expect(copies.at(-1)!.coveredPosition).toBeGreaterThan(0);
});

test("a copy goes into a folder of its own", async () => {
  await filled();
  await expect(backupStore(folder, folder)).rejects.toThrow(/is not empty/);
});

test("a folder copied back over a newer one is taken as it is, and its hot file as strange", async () => {
  await filled(300);
  const copy = `${folder}-copy`;
  await backupStore(folder, copy);
  await filled(500);
  await cp(join(folder, "hot.duckdb"), join(copy, "hot.duckdb"));
  store = await openIn(copy);
  await writeUpTo(store, 500);
  expect(await stateOf(store)).toEqual(stateBefore(500));
  await rm(copy, { recursive: true });
});

test.skipIf(!existsSync("/usr/bin/prlimit"))(
  "a disk without room refuses writes, and the store goes on when there is room",
  () => {
    const script = join(import.meta.dirname, "testing/write-on-a-full-disk.ts");
    const { stdout } = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
    const { refused, confirmed, ...rest } = JSON.parse(stdout) as { refused: string; confirmed: number };
    expect(refused).toMatch(/Could not write file/);
    expect(confirmed).toBeLessThan(400);
    expect(rest).toEqual({ latest: 4, written: true, sealed: true });
  },
);

test("no confirmed reading is lost or doubled over kills at random moments", async () => {
  let confirmed = 0;
  for (let kill = 0; kill < 8; kill += 1) {
    confirmed = await writeAndKill(confirmed, 60 + Math.floor(Math.random() * 900));
    store = await openIn(folder);
    const cursor = await store.cursor();
    expect(cursor).toBeGreaterThanOrEqual(confirmed);
    expect(await stateOf(store)).toEqual(stateBefore(cursor));
    await store.close();
    store = undefined;
  }
}, 180_000);

/** Lets a process write until a moment at random after its first confirmation; resolves with the last position it confirmed. */
async function writeAndKill(confirmed: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "testing/write-until-killed.ts"), folder]);
  let last = confirmed;
  const killed = new Promise((resolve) => child.once("exit", resolve));
  createInterface(child.stdout).on("line", (line) => {
    if (last === confirmed) setTimeout(() => child.kill("SIGKILL"), afterMs);
    last = Number(line);
  });
  await killed;
  return last;
}
