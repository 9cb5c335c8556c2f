import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

const original = createTestInstallation();
const restored = createTestInstallation();
let server: TestServer;
let secret: string;
let backup: string;
const atMs = Date.now() - 60_000;
const sent = new Map<number, number>();

beforeAll(async () => {
  server = await original.start();
  secret = await addDevice(server, { id: "ao-1", intervalMs: 600_000 });
  const node = await connectNode(server, "ao-1", secret);
  // Readings go on coming in while the copy is made.
  let isCopying = true;
  const sending = (async () => {
    for (let n = 0; isCopying || n < 200; n++) {
      await node.send({ ts: atMs + n, values: { "water.ph": 6 + (n % 30) / 10 } });
      if (isCopying) sent.set(atMs + n, 6 + (n % 30) / 10);
    }
  })();
  await node.send("rubbish");
  const { out, code } = await original.run("backup");
  expect(code).toBe(0);
  isCopying = false;
  backup = out.split(/\s/)[0] ?? "";
  await sending;
  await node.end();
}, 120_000);
afterAll(async () => {
  await original.remove();
  await restored.remove();
});

const everything = `fromMs=${atMs - 1000}&toMs=${atMs + 3_600_000}&limit=5000`;
const readingsOf = async (from: TestServer) => {
  const { readings } = await from.api<{ readings: { measuredAtMs: number; value: number }[] }>(
    `/devices/ao-1/readings?${everything}`,
  );
  return new Map(readings.map(({ measuredAtMs, value }) => [measuredAtMs, value]));
};

test("a backup made while readings come in starts elsewhere with all that came before it, and its devices and people", async () => {
  const { code, err } = await restored.run("restore", backup);
  expect([code, err]).toEqual([0, ""]);

  const again = await restored.start();
  await settled(again);
  const stored = await readingsOf(again);
  const all = await readingsOf(server);
  expect(stored.size).toBeGreaterThan(0);
  for (const [ms, value] of stored) expect(all.get(ms)).toBe(value);
  // What is there is the beginning of what was sent, without a hole.
  expect([...stored.keys()]).toEqual(Array.from({ length: stored.size }, (_, n) => atMs + n));
  expect(await again.api("/quarantine")).toMatchObject({ byReason: { "not-json": 1 } });

  const node = await connectNode(again, "ao-1", secret);
  await node.send({ ts: atMs + 1_000_000, values: { "water.ph": 7 } });
  await node.end();
  await settled(again);
  expect((await readingsOf(again)).get(atMs + 1_000_000)).toBe(7);
  expect(await again.stop()).toBe(0);
});

test("a restore overwrites nothing", async () => {
  const { code, err } = await restored.run("restore", backup);
  expect(code).toBe(1);
  expect(err).toMatch(/is not empty.*overwrites nothing/);
});

test("a damaged backup is refused, and says which file", async () => {
  const elsewhere = createTestInstallation();
  const journal = join(backup, "journal");
  const [segment] = readdirSync(journal);
  const file = join(journal, segment ?? "");
  const before = readFileSync(file);
  appendFileSync(file, "x");
  const { code, err } = await elsewhere.run("restore", backup);
  writeFileSync(file, before);
  expect(code).toBe(1);
  expect(err).toContain(`journal/${segment} is not what was backed up`);
  await elsewhere.remove();
});

test("a folder that is no whole backup is refused", async () => {
  const elsewhere = createTestInstallation();
  mkdirSync(join(elsewhere.folder, "half"));
  const { err } = await elsewhere.run("restore", join(elsewhere.folder, "half"));
  expect(err).toMatch(/is no whole backup/);
  await elsewhere.remove();
});
