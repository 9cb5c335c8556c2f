import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Reading } from "../../../../devices/index.ts";
import { contractUnits } from "../../contract/readings.ts";
import { openEmbeddedStore } from "../../embedded/open-embedded-store.ts";
import { type InfluxBook, openInfluxBook, targetOf } from "../book.ts";
import { openInfluxStore } from "../open-influx-store.ts";
import { influxSettings } from "../settings.ts";
import { type Gate, openGate } from "../testing/gate.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "../testing/influxd.ts";
import { minutesOf, nowhere, start } from "../testing/store-on.ts";
import { missingOf } from "./account.ts";
import { dayMs, daysWithReadings } from "./days-with-readings.ts";
import { openHistorySnapshot } from "./history-snapshot.ts";
import { type MigrationParts, migrateHistory } from "./migrate-history.ts";

const quiet = { warn() {}, info() {} };
const nowMs = start + 9 * dayMs;
/** Five days, so old that they are sealed, of two quantities with a gap of a year before the last. */
const history: Reading[] = [0, 1, 2, 3, -365].flatMap((day) =>
  ["soil.moisture", "air.temperature"].flatMap((quantity) =>
    minutesOf(30, { quantity }).map((one, index) => ({
      ...one,
      measuredAtMs: one.measuredAtMs + day * dayMs,
      receivedAtMs: one.receivedAtMs + day * dayMs,
      value: index + day / 4,
    })),
  ),
);
const asStored = (readings: readonly Omit<Reading, "live">[]) =>
  readings
    .map(({ device, quantity, measuredAtMs, value }) => [device, quantity, measuredAtMs, value].join())
    .sort();

describe.skipIf(!hasInfluxd)("history that moves to a real InfluxDB", { timeout: 120_000 }, () => {
  let server: Influxd;
  let databases = 0;
  beforeAll(async () => {
    server = await startInfluxd();
  }, 60_000);
  afterAll(() => server.remove());

  /** An embedded store with that history sealed and something of today, and a database that is to have it. */
  async function installation() {
    const folder = await mkdtemp(join(tmpdir(), "canhdong-migration-"));
    const gate: Gate = await openGate(server.url);
    const database = `moved-${++databases}`;
    await server.administer(`CREATE DATABASE "${database}"`);
    const settings = influxSettings.parse({ url: gate.url, api: "v1", database });
    const [bookFile, storeFolder] = [join(folder, "influxdb.db"), join(folder, "readings")];
    const now = () => nowMs;
    const either = { quantities: contractUnits, retentionDaysOf: () => null, log: quiet, now };
    const embedded = await openEmbeddedStore({ ...either, folder: storeFolder });
    await embedded.write(history, 700);
    await embedded.maintain(nowMs);
    const today = minutesOf(5).map((one) => ({ ...one, measuredAtMs: nowMs + one.value }));
    await embedded.write(today, 705);
    onTestFinished(async () => {
      await embedded.close();
      await rm(folder, { recursive: true });
    });

    async function migrate(part: Partial<MigrationParts> = {}) {
      const snapshot = await openHistorySnapshot({ ...either, folder: storeFolder }, join(folder, "moving"));
      try {
        return await migrateHistory({
          ...either,
          settings,
          bookFile,
          history: snapshot,
          ledgerFile: join(folder, "ledger.db"),
          folder: join(folder, "exports"),
          whereabouts: () => nowhere,
          again: false,
          onProgress() {},
          stop: new AbortController().signal,
          ...part,
        });
      } finally {
        await snapshot.close();
      }
    }
    /** What the database has, asked without the gate. */
    async function stored() {
      const own = await openInfluxStore({
        ...either,
        settings: { ...settings, url: server.url },
        bookFile: join(folder, "other.db"),
        whereabouts: () => nowhere,
      });
      const span = { fromMs: 0, toMs: nowMs + dayMs };
      const found = await own.readings({ ...span, devices: ["node-1"], limit: 100_000 });
      const latest = own.latest();
      await own.close();
      return { readings: asStored(found), latest };
    }
    function withBook<T>(work: (book: InfluxBook) => T): T {
      const book = openInfluxBook(bookFile, targetOf(settings));
      try {
        return work(book);
      } finally {
        book.close();
      }
    }
    const cursor = () => withBook((book) => book.cursor());
    return { embedded, gate, database, migrate, stored, cursor, withBook };
  }

  test("every sealed day is there, counted on both sides, and the journal is read on where they end", async () => {
    const { migrate, stored, cursor, embedded } = await installation();
    const { daysCopied, account, handedOverAt } = await migrate();
    expect(daysCopied).toBe(5);
    expect(account).toHaveLength(10);
    for (const line of account) expect(line).toMatchObject({ copied: 30, stored: 30, refused: 0 });
    expect((await stored()).readings).toEqual(asStored(history));
    // Nothing was open when the five days were sealed; what came since is in the journal from there on.
    expect([handedOverAt, cursor(), embedded.coveredPosition()]).toEqual([700, 700, 700]);
  });

  test("the newest of each series are the latest values there, too", async () => {
    const { migrate, stored } = await installation();
    await migrate();
    const newest = history.filter(({ measuredAtMs }) => measuredAtMs === start + 3 * dayMs + 29 * 60_000);
    expect(asStored((await stored()).latest as never)).toEqual(asStored(newest));
  });

  test("what broke off goes on behind the last whole day", async () => {
    const { migrate, stored, gate, cursor } = await installation();
    let writes = 0;
    gate.rule = () => (++writes > 2 ? { status: 401, body: '{"error":"expired"}' } : null);
    await expect(migrate()).rejects.toThrow(/401: expired.*nothing is lost/);
    expect(cursor()).toBe(0);
    gate.rule = () => null;
    const days: number[] = [];
    const { daysCopied } = await migrate({ onProgress: ({ dayStartMs }) => days.push(dayStartMs) });
    expect(daysCopied).toBe(3);
    expect(Math.min(...days)).toBe(start + dayMs);
    expect((await stored()).readings).toEqual(asStored(history));
  });

  test("an InfluxDB that is overloaded is waited for, which is told", async () => {
    const { migrate, stored, gate } = await installation();
    let writes = 0;
    gate.rule = () =>
      ++writes === 2 ? { status: 503, headers: { "retry-after": "0" }, body: '{"error":"busy"}' } : null;
    const waited: string[] = [];
    await migrate({ onProgress: ({ waitingFor }) => waitingFor !== null && waited.push(waitingFor) });
    expect(waited).toEqual([expect.stringContaining("503: busy")]);
    expect((await stored()).readings).toEqual(asStored(history));
  });

  test("a second copy copies days that have changed, and everything when it is told to", async () => {
    const { migrate, stored, embedded, cursor } = await installation();
    await migrate();
    const extra = minutesOf(1).map((one) => ({ ...one, measuredAtMs: start + dayMs + 3_599_000, value: 7 }));
    await embedded.rewrite(extra);
    expect(await migrate()).toMatchObject({ daysCopied: 1 });
    expect((await stored()).readings).toEqual(asStored([...history, ...extra]));
    expect(await migrate()).toMatchObject({ daysCopied: 0 });
    expect(await migrate({ again: true })).toMatchObject({ daysCopied: 5, handedOverAt: cursor() });
    expect((await stored()).readings).toEqual(asStored([...history, ...extra]));
  });

  test("what is missing is named by day and quantity, and nothing is handed over", async () => {
    const { migrate, database, cursor } = await installation();
    await migrate();
    await fetch(`${server.url}/query?db=${database}`, {
      method: "POST",
      body: new URLSearchParams({ q: `DELETE FROM "air" WHERE time < ${start + dayMs}ms` }),
    });
    const before = cursor();
    const { account, handedOverAt } = await migrate();
    const missing = account.filter((line) => missingOf(line) > 0);
    expect(missing.map(({ dayStartMs, quantity }) => [(dayStartMs - start) / dayMs, quantity])).toEqual([
      [-365, "air.temperature"],
      [0, "air.temperature"],
    ]);
    expect([handedOverAt, cursor()]).toEqual([null, before]);
  });

  test("what InfluxDB refuses is no loss without a word", async () => {
    const { migrate, database } = await installation();
    const line = `air,device=other temperature="warm" ${start + dayMs}`;
    await fetch(`${server.url}/write?db=${database}&precision=ms`, { method: "POST", body: line });
    const { account, handedOverAt } = await migrate();
    const refused = account.filter((one) => one.refused > 0);
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) {
      expect(one).toMatchObject({
        quantity: "air.temperature",
        words: expect.stringMatching(/type conflict/),
      });
      expect(missingOf(one)).toBe(0);
    }
    expect(handedOverAt).toBe(700);
  });

  test("a database that a server has written to keeps its cursor", async () => {
    const { migrate, cursor, withBook } = await installation();
    await migrate();
    withBook((book) => book.save(900, []));
    expect(await migrate({ again: true })).toMatchObject({ daysCopied: 5, handedOverAt: null });
    expect(cursor()).toBe(900);
  });
});

test("years without readings cost a few questions", async () => {
  const days = [3, 4, 4000];
  let questions = 0;
  const source = {
    completeness: async ({ fromMs, toMs }: { fromMs: number; toMs: number }) => {
      questions += 1;
      const readings = days.filter((day) => day * dayMs >= fromMs && day * dayMs < toMs).length;
      return readings === 0 ? [] : [{ device: "a", readings, minutesWithData: 1, hoursWithData: 1 }];
    },
  };
  const found = await daysWithReadings(source, { fromMs: 0, toMs: 20_000 * dayMs });
  expect(found.map(({ startMs }) => startMs / dayMs)).toEqual(days);
  expect(questions).toBeLessThan(100);
});
