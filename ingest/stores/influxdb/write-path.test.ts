import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InfluxError } from "./influx-error.ts";
import type { InfluxStore } from "./open-influx-store.ts";
import { type Gate, openGate } from "./testing/gate.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "./testing/influxd.ts";
import { minutesOf, start, storeOn } from "./testing/store-on.ts";

const refusals = ({ refused }: InfluxStore) =>
  Object.values(refused.byReason()).reduce((sum, readings) => sum + readings, 0);
const span = { fromMs: start, toMs: start + 86_400_000 };

describe.skipIf(!hasInfluxd)("writing to a real InfluxDB", { timeout: 60_000 }, () => {
  let server: Influxd;
  beforeAll(async () => {
    server = await startInfluxd();
  }, 60_000);
  afterAll(() => server.remove());

  /** A store behind a gate, and how many readings it says it has. */
  async function behindGate(settings: Parameters<typeof storeOn>[1] = {}) {
    const gate: Gate = await openGate(server.url);
    const opened = await storeOn(server, { url: gate.url, ...settings });
    const { store } = opened;
    const count = async () => (await store.readings({ ...span, devices: ["node-1"], limit: 100_000 })).length;
    return { ...opened, gate, count };
  }
  const failureOf = (work: Promise<unknown>): Promise<InfluxError> =>
    work.then(
      () => expect.unreachable("it was taken"),
      (error: InfluxError) => {
        expect(error).toBeInstanceOf(InfluxError);
        return error;
      },
    );

  test("a batch is one request, and each of its lines says all of a reading", async () => {
    const { store, gate, database } = await behindGate({
      whereabouts: () => ({ parcel: "thửa 12", model: "lse01", commune: "01234" }),
    });
    await store.write(minutesOf(2), 1);
    expect(gate.targets).toEqual([`/write?db=${database}&precision=ms`]);
    expect(gate.requests).toEqual([
      [
        `soil,commune=01234,device=node-1,model=lse01,parcel=thửa\\ 12,quantity=soil.moisture moisture=0,received=${start + 2000} ${start}`,
        `soil,commune=01234,device=node-1,model=lse01,parcel=thửa\\ 12,quantity=soil.moisture moisture=1,received=${start + 62_000} ${start + 60_000}`,
        `minutes,device=node-1 present=1 ${start}`,
        `minutes,device=node-1 present=1 ${start + 60_000}`,
      ],
    ]);
  });

  test("version 2 is written to at /api/v2/write, with its token", async () => {
    const gate = await openGate(server.url);
    gate.rule = () => ({ status: 204 });
    const opened = storeOn(server, {
      url: gate.url,
      api: "v2",
      organisation: "sở nông nghiệp",
      token: { plain: "s3cret" },
    } as never);
    const { store, database } = await opened;
    await store.write(minutesOf(1), 1);
    expect(gate.targets).toEqual([
      `/api/v2/write?org=s%E1%BB%9F+n%C3%B4ng+nghi%E1%BB%87p&bucket=${database}&precision=ms`,
    ]);
    expect(gate.requests[0]).toHaveLength(2);
  });

  test.each([
    [401, /put the user name and password right .*nothing is lost/, false],
    [403, /let the .* read and write test-\d+/, false],
    [404, /canhdong influx init/, false],
    [405, /refuses \(405/, false],
    [429, /refuses \(429/, true],
    [500, /refuses \(500/, true],
    [503, /refuses \(503/, true],
  ])("an answer %i leaves the cursor where it was, and says so", async (status, words, retryable) => {
    const { store, gate, count } = await behindGate();
    gate.rule = () => ({ status, body: '{"error":"no"}' });
    const error = await failureOf(store.write(minutesOf(3), 9));
    expect(error).toMatchObject({ status, retryable, message: expect.stringMatching(words) });
    expect(await store.cursor()).toBe(0);
    gate.rule = () => null;
    await store.write(minutesOf(3), 9);
    expect([await store.cursor(), await count()]).toEqual([9, 3]);
  });

  test("a 400 that is not about points is no verdict on them", async () => {
    const { store, gate } = await behindGate();
    gate.rule = () => ({ status: 400, body: '{"error":"database is required"}' });
    await failureOf(store.write(minutesOf(3), 9));
    gate.rule = () => ({
      status: 400,
      body: '{"error":"partial write: max-series-per-database limit exceeded: (5) dropped=3"}',
    });
    expect((await failureOf(store.write(minutesOf(3), 9))).message).toMatch(/raise that limit/);
    expect([await store.cursor(), refusals(store), gate.requests.length]).toEqual([0, 0, 2]);
  });

  test("a server that asks to be left alone is left alone, however often the batch comes again", async () => {
    let nowMs = start;
    const { store, gate, count } = await behindGate({ now: () => nowMs });
    gate.rule = () => ({ status: 503, headers: { "retry-after": "30" } });
    expect(await failureOf(store.write(minutesOf(3), 9))).toMatchObject({ retryAfterMs: 30_000 });
    gate.rule = () => null;
    nowMs += 29_000;
    expect((await failureOf(store.write(minutesOf(3), 9))).message).toMatch(/left alone for another 1 s/);
    expect(gate.requests).toHaveLength(1);
    nowMs += 1_000;
    await store.write(minutesOf(3), 9);
    expect(await count()).toBe(3);
  });

  test("a server that says nothing is not waited for without end", async () => {
    const { store, gate } = await behindGate({ timeoutMs: 100 });
    gate.rule = () => "silence";
    expect((await failureOf(store.write(minutesOf(3), 9))).message).toMatch(/did not answer within 100 ms/);
    expect(await store.cursor()).toBe(0);
  });

  test("a batch that is too large goes in halves", async () => {
    const { store, gate, count } = await behindGate();
    gate.rule = (lines) => (lines.length > 60 ? { status: 413 } : null);
    await store.write(minutesOf(100), 9);
    expect(gate.requests.map((lines) => lines.length)).toEqual([200, 100, 50, 50, 100, 50, 50]);
    expect([await count(), await store.cursor(), refusals(store)]).toEqual([100, 9, 0]);
  });

  test("a large batch goes in several requests, each device in one of them, in its order", async () => {
    const { store, gate } = await behindGate();
    const batch = ["node-1", "node-2", "node-3"].flatMap((device) => minutesOf(1_000, { device }));
    const corrected = batch.slice(0, 500).map((one) => ({ ...one, value: one.value + 7 }));
    await store.write([...batch, ...corrected], 9);
    expect(gate.requests.length).toBeGreaterThan(1);
    const devicesOf = (lines: readonly string[]) =>
      new Set(lines.map((line) => /device=([^, ]+)/.exec(line)![1]!));
    const seen = gate.requests.flatMap((lines) => [...devicesOf(lines)]);
    expect(seen.toSorted()).toEqual(["node-1", "node-2", "node-3"]);
    const kept = await store.readings({ ...span, devices: ["node-1"], limit: 9_999 });
    expect(kept.map(({ value }) => value)).toEqual(
      minutesOf(1_000).map(({ value }) => (value < 500 ? value + 7 : value)),
    );
  });

  test("a batch of which one request fails comes again whole, when the others are over", async () => {
    const { store, gate } = await behindGate();
    const batch = ["node-1", "node-2", "node-3"].flatMap((device) => minutesOf(1_000, { device }));
    const devices = async () => (await store.completeness(span)).map(({ device }) => device);
    gate.rule = (lines) => (lines[0]!.includes("device=node-2") ? { status: 503 } : null);
    expect(await failureOf(store.write(batch, 9))).toMatchObject({ status: 503 });
    expect([await store.cursor(), await devices(), store.latest()]).toEqual([0, ["node-1", "node-3"], []]);
    gate.rule = () => null;
    await store.write(batch, 9);
    expect(await store.cursor()).toBe(9);
    expect((await store.completeness(span)).map(({ readings }) => readings)).toEqual([1_000, 1_000, 1_000]);
  });

  test("on the same machine batches may go uncompressed", async () => {
    const { store, gate, count } = await behindGate({ compress: false });
    await store.write(minutesOf(3), 9);
    expect([gate.requests[0]!.length, gate.compressed, await count()]).toEqual([6, [false], 3]);
  });

  test("points that the server refuses are kept with its words; the rest of their batch is stored", async () => {
    const { store, database, warnings, count } = await behindGate();
    const line = `air,device=other temperature="warm" ${start}`;
    await fetch(`${server.url}/write?db=${database}&precision=ms`, { method: "POST", body: line });
    const batch = minutesOf(50);
    const refused = { ...batch[20]!, quantity: "air.temperature", device: "node-2" };
    await store.write([...batch.slice(0, 20), refused, ...batch.slice(20)], 9);
    expect([await count(), await store.cursor(), refusals(store)]).toEqual([50, 9, 1]);
    expect(store.refused.list({ limit: 10 })).toEqual([
      {
        ...refused,
        words: expect.stringMatching(/field type conflict.*temperature/),
        reason: "type-conflict",
        refusedAtMs: start,
      },
    ]);
    expect([store.refused.byReason(), store.refused.byReason("node-1")]).toEqual([
      { "type-conflict": 1 },
      {},
    ]);
    expect(warnings).toEqual([{ readings: 1, words: expect.stringContaining("type conflict") }]);
    expect(store.latest().map(({ device, value }) => [device, value])).toEqual([["node-1", 49]]);
    expect(await store.completeness({ ...span })).toEqual([
      { device: "node-1", minutesWithData: 50, hoursWithData: 1, readings: 50 },
    ]);
  });

  test("what is refused again stands there once, and no more when it is taken after all", async () => {
    const { store, gate } = await behindGate();
    gate.rule = (lines) => ({
      status: 400,
      body: `{"error":"partial write: field type conflict dropped=${lines.length}"}`,
    });
    await store.write(minutesOf(2), 9);
    await store.rewrite(minutesOf(3));
    expect([refusals(store), store.refused.lastAtMs()]).toEqual([3, start]);
    expect(store.refused.list({ limit: 1 })).toMatchObject([{ value: 2 }]);
    gate.rule = () => null;
    await store.rewrite(minutesOf(2));
    expect(store.refused.list({ limit: 10 })).toMatchObject([{ value: 2, reason: "type-conflict" }]);
    await store.remove(minutesOf(3));
    expect([refusals(store), store.refused.lastAtMs()]).toEqual([0, null]);
  });

  test("a whole batch older than the server keeps is refused without asking line by line", async () => {
    const { store, gate, database } = await behindGate();
    await server.administer(`ALTER RETENTION POLICY "autogen" ON "${database}" DURATION 30d`);
    const old = minutesOf(300).map((one) => ({ ...one, measuredAtMs: one.measuredAtMs - 4000 * 86_400_000 }));
    await store.write(old, 9);
    expect(gate.requests).toHaveLength(1);
    expect([await store.cursor(), refusals(store)]).toEqual([9, 300]);
  });

  test("it opens while the server is away, and knows the latest values once it is back", async () => {
    const { store, database, reopen } = await storeOn(server);
    await store.write(minutesOf(3), 7);
    await server.kill();
    const blind = await reopen();
    expect([blind.latest(), await blind.cursor()]).toEqual([[], 7]);
    expect((await failureOf(blind.write(minutesOf(5), 9))).message).toMatch(
      /cannot be reached \(ECONNREFUSED\)/,
    );
    await server.start();
    await blind.write(minutesOf(2, { device: "node-2" }), 9);
    expect(blind.latest().map(({ device, value }) => [device, value])).toEqual([
      ["node-1", 2],
      ["node-2", 1],
    ]);
    expect(database).toMatch(/^test-/);
  });

  test("a reading is there once although its device was told to have stood elsewhere since", async () => {
    let parcel = "thua-1";
    const whereabouts = () => ({ parcel, model: null, commune: null });
    const { store, reopen } = await storeOn(server, { whereabouts });
    await store.write(minutesOf(30), 1);
    parcel = "thua-2";
    await store.write(minutesOf(31), 2);
    const moved = await reopen();
    parcel = "thua-3";
    await moved.rewrite(minutesOf(10).map((one) => ({ ...one, value: one.value + 100, live: false })));
    const kept = await moved.readings({ ...span, devices: ["node-1"], limit: 1000 });
    expect(kept.map(({ value }) => value)).toEqual(
      minutesOf(31).map(({ value }) => (value < 10 ? value + 100 : value)),
    );
    await moved.remove(minutesOf(31).slice(10));
    expect((await reopen()).latest()).toMatchObject([{ value: 109, measuredAtMs: start + 9 * 60_000 }]);
  });

  test("what a quantity no longer keeps is deleted, and the others stay", async () => {
    const { store } = await storeOn(server, {
      retentionDaysOf: (quantity) => (quantity === "air.temperature" ? 2 : null),
    });
    const both = [...minutesOf(5), ...minutesOf(5, { quantity: "air.temperature" })];
    const day = 86_400_000;
    const later = both.map((one) => ({ ...one, measuredAtMs: one.measuredAtMs + day }));
    await store.write([...both, ...later], 1);
    await store.maintain(start + 3 * day);
    const kept = await store.readings({ ...span, toMs: start + 9 * day, devices: ["node-1"], limit: 1000 });
    expect(
      kept.map(({ quantity, measuredAtMs }) => [quantity, Math.floor((measuredAtMs - start) / day)]),
    ).toEqual([
      ...Array.from({ length: 5 }, () => ["air.temperature", 1]),
      ...[0, 1].flatMap((of) => Array.from({ length: 5 }, () => ["soil.moisture", of])),
    ]);
  });
});
