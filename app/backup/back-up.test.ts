import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createUnitBook, openRegister, openSnapshots, shippedUnits } from "../../linkage/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { outlinesFile, readOutlines, writeOutlines } from "../linkage/outlines/outlines-file.ts";
import { fillRegister, riceModel } from "../linkage/testing/rice-quarter.ts";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";
import { backUp } from "./back-up.ts";

const original = createTestInstallation();
const restored = createTestInstallation();
let server: TestServer;
let secret: string;
let backup: string;
const atMs = Date.now() - 60_000;
const sent = new Map<number, number>();

/** As `linkage outlines import` keeps them. */
const outlines = {
  source: "UBND tỉnh, 2026",
  communes: [
    {
      name: "Xã Cẩm Bình",
      polygons: [
        [
          [
            [105.9, 18.3],
            [105.95, 18.3],
            [105.95, 18.35],
            [105.9, 18.3],
          ],
        ],
      ],
    },
  ],
};

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
  fillRegister(join(original.data, "linkage.db"));
  openSnapshots(join(original.data, "snapshots.db")).close();
  writeOutlines(outlinesFile({ path: original.data }), outlines);
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

/** The oldest from a time on, as many as one answer holds: how many were sent is up to the machine. */
const readingsOf = async (from: TestServer, fromMs = atMs - 1000) => {
  const { readings } = await from.api<{ readings: { measuredAtMs: number; value: number }[] }>(
    `/devices/ao-1/readings?fromMs=${fromMs}&toMs=${atMs + 3_600_000}&limit=5000`,
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
  expect((await readingsOf(again, atMs + 1_000_000)).get(atMs + 1_000_000)).toBe(7);
  expect(await again.stop()).toBe(0);
});

test("the register of linkage models, its snapshots and the outlines of communes are restored with the rest", async () => {
  const register = openRegister(join(restored.data, "linkage.db"), createUnitBook(shippedUnits()));
  expect(register.get("model", riceModel.id)?.name).toBe(riceModel.name);
  register.close();
  expect(existsSync(join(restored.data, "snapshots.db"))).toBe(true);
  expect(readOutlines(outlinesFile({ path: restored.data }))).toEqual(outlines);
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

test("a manifest that is damaged, or leads out of its backup, restores nothing", async () => {
  const elsewhere = createTestInstallation();
  const forged = join(elsewhere.folder, "forged");
  mkdirSync(forged);
  const file = { path: "../../outside.txt", bytes: 1, sha256: "0" };
  for (const [manifest, why] of [
    [JSON.stringify({ version: 1, files: [file] }), /leads out of the backup/],
    ["{", /backup\.json cannot be used/],
  ] as const) {
    writeFileSync(join(forged, "backup.json"), manifest);
    const { code, err } = await elsewhere.run("restore", forged);
    expect([code, err]).toEqual([1, expect.stringMatching(why)]);
  }
  expect(existsSync(elsewhere.data)).toBe(false);
  await elsewhere.remove();
});

test("a backup that cannot be finished leaves nothing behind", async () => {
  const data = openDataFolder(mkdtempSync(join(tmpdir(), "canhdong-no-backup-")));
  const into = join(data.path, "backups", "today");
  // There is a key, and no database yet.
  await expect(backUp(data, into)).rejects.toThrow(/unable to open/);
  expect(readdirSync(join(data.path, "backups"))).toEqual([]);
  rmSync(data.path, { recursive: true });
});
