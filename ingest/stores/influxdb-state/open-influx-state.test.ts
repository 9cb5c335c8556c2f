import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createField, dry, hour, minute, noon, rulesOf } from "../../alerts/test-field.ts";
import { createInfluxClient } from "../influxdb/influx-client.ts";
import { influxSettings } from "../influxdb/settings.ts";
import { openGate } from "../influxdb/testing/gate.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "../influxdb/testing/influxd.ts";
import { openInfluxState } from "./open-influx-state.ts";
import type { DeviceNow, Scoreboard } from "./state-parts.ts";

const n1: DeviceNow = {
  id: "n1",
  name: "Nút 1",
  deviceModel: "soil-node",
  place: { id: "p1", name: "Thửa 1", kind: "parcel" },
  commune: { id: "31135", name: "Xã Ô Môn" },
  province: { id: "92", name: "Cần Thơ" },
  linkageModel: { id: "m1", name: "Lúa" },
  available: true,
  frames: () => ({ received: 20, lost: 4 }),
};
const n2: DeviceNow = { ...n1, id: "n2", name: "Nút 2", available: false, frames: () => null };

describe.skipIf(!hasInfluxd)("the state beside readings in a real InfluxDB", { timeout: 120_000 }, () => {
  let server: Influxd;
  beforeAll(async () => {
    server = await startInfluxd();
  }, 60_000);
  afterAll(() => server?.remove());

  let databases = 0;

  /** A watch over two soil nodes, and the writer of its state; `devices` may be changed. */
  async function createState({
    scoreboard = null,
  }: {
    scoreboard?: (() => Promise<Scoreboard>) | null;
  } = {}) {
    const database = `state-${++databases}`;
    await server.administer(`CREATE DATABASE "${database}"`);
    const gate = await openGate(server.url);
    const field = createField({ rules: rulesOf([dry]) });
    const settings = influxSettings.parse({ url: gate.url, api: "v1", database });
    const told: string[] = [];
    const devices = [n1, n2];
    const open = () =>
      openInfluxState({
        settings,
        devices: () => devices,
        alerts: field.watch,
        service: () => ({ waitingUplinks: 3, quarantined: 1 }),
        scoreboard,
        log: { warn: (details) => told.push(JSON.stringify(details)) },
        now: () => field.clock.nowMs,
      });
    const state = open();
    onTestFinished(() => state.close());
    const client = createInfluxClient(settings, { now: () => field.clock.nowMs });
    const ask = async (query: string) => {
      const found = await client.ask(query);
      return found.flatMap(({ tags, rows }) => rows.map((row) => [...Object.values(tags), ...row]));
    };
    const measures = (value: number, atMs: number) => {
      field.clock.nowMs = atMs;
      field.arrives({ receivedAtMs: atMs, readings: [{ value }] });
      field.takes();
      field.watch.tick(atMs);
    };
    return { field, state, open, ask, devices, measures, gate, told };
  }

  test("an alert is told with each of its steps, and as it stands when nobody has told of its end yet", async () => {
    const { state, ask, measures } = await createState();
    measures(20, noon);
    await state.pass(noon + minute);
    await state.pass(noon + 6 * minute);
    measures(40, noon + 7 * minute);
    await state.pass(noon + 11 * minute);
    await state.pass(noon + 16 * minute);
    expect(await ask('SELECT "level", "began", "state" FROM "alerts"')).toEqual([
      [noon, 2, 1, "firing"],
      [noon + minute, 2, null, "firing"],
      [noon + 6 * minute, 2, null, "firing"],
      [noon + 7 * minute, 0, null, "resolved"],
      [noon + 11 * minute, 0, null, "resolved"],
    ]);
    expect(await ask('SELECT last("alerts") FROM "communes" GROUP BY "commune"')).toEqual([
      ["31135", noon + 16 * minute, 0],
    ]);
  });

  test("a pass that was refused comes again, and nothing of it is missing or double", async () => {
    const { state, ask, measures, gate } = await createState();
    measures(20, noon);
    gate.rule = () => ({ status: 503, body: "away" });
    await expect(state.pass(noon + minute)).rejects.toThrow("503");
    measures(40, noon + 2 * minute);
    await expect(state.pass(noon + 6 * minute)).rejects.toThrow("503");
    gate.rule = () => null;
    await state.pass(noon + 11 * minute);
    await state.pass(noon + 11 * minute);
    expect(await ask('SELECT "level" FROM "alerts"')).toEqual([
      [noon, 2],
      [noon + 2 * minute, 0],
      [noon + 11 * minute, 0],
    ]);
    expect(await ask('SELECT count("pass") FROM "service"')).toEqual([[0, 1]]);
  });

  test("what happened while nobody wrote is written by the next who does", async () => {
    const { state, open, ask, measures } = await createState();
    await state.pass(noon - hour);
    await state.close();
    measures(20, noon);
    measures(40, noon + minute);
    const next = open();
    await next.pass(noon + 5 * minute);
    await next.close();
    expect(await ask('SELECT "level" FROM "alerts"')).toEqual([
      [noon, 2],
      [noon + minute, 0],
      [noon + 5 * minute, 0],
    ]);
  });

  test("a device is written when it changes and once an hour; where it stood before, it is no more", async () => {
    const { state, ask, devices } = await createState();
    await state.pass(noon);
    await state.pass(noon + 5 * minute);
    devices[0] = { ...n1, available: false };
    await state.pass(noon + 10 * minute);
    devices[0] = { ...n1, available: false, commune: { id: "31150", name: "Xã Phong Điền" } };
    await state.pass(noon + 15 * minute);
    await state.pass(noon + hour);
    expect(
      await ask(`SELECT "registered", "available" FROM "devices" WHERE "device" = 'n1' GROUP BY "commune"`),
    ).toEqual([
      ["31135", noon, 1, 1],
      ["31135", noon + 10 * minute, 1, 0],
      ["31135", noon + 15 * minute - 1, 0, 0],
      ["31150", noon + 15 * minute, 1, 0],
    ]);
    devices.pop();
    await state.pass(noon + 2 * hour);
    expect(await ask(`SELECT "registered" FROM "devices" WHERE "device" = 'n2'`)).toEqual([
      [noon, 1],
      [noon + hour, 1],
      [noon + 2 * hour, 0],
    ]);
  });

  test("linkage models are counted once an hour, and what cannot be counted holds up nothing", async () => {
    let asked = 0;
    const { state, ask, told } = await createState({
      scoreboard: async () => {
        if (++asked === 2) throw new Error("the register is being mended");
        const verdict = { vi: "Được tính.", en: "Counts." };
        return {
          models: [
            {
              model: { id: "m1", name: "Lúa" },
              province: null,
              byTelemetry: "no-data",
              byAnyProof: "yes",
              devices: 2,
              countingDevices: 0,
              because: verdict,
            },
          ],
          indicators: [],
        };
      },
    });
    for (const atMs of [noon, noon + 5 * minute, noon + hour, noon + 2 * hour]) await state.pass(atMs);
    expect(await ask('SELECT "by_telemetry", "by_any_proof", "devices" FROM "linkage_models"')).toEqual([
      [noon, -1, 1, 2],
      [noon + 2 * hour, -1, 1, 2],
    ]);
    expect(told).toEqual(['{"words":"the register is being mended"}']);
    expect(await ask('SELECT count("pass") FROM "service"')).toEqual([[0, 4]]);
  });

  test("a point that InfluxDB will not take is told of, and the others are there", async () => {
    const { state, ask, told } = await createState();
    await server.administer(`CREATE DATABASE "state-${databases}"`);
    const client = createInfluxClient(
      influxSettings.parse({ url: server.url, api: "v1", database: `state-${databases}` }),
      { now: () => noon },
    );
    await client.write([`devices available="yes" ${noon - 1}`]);
    await state.pass(noon);
    expect(told.join()).toMatch(/"points":2.*field type conflict/);
    expect(await ask('SELECT "silent" FROM "communes"')).toEqual([[noon, 1]]);
  });

  test("a tick begins a pass every five minutes, one at a time, and a failure is told", async () => {
    const { state, ask, gate, told } = await createState();
    gate.rule = () => ({ status: 503, body: "away" });
    state.tick(noon);
    state.tick(noon + 1000);
    await state.close();
    expect(told.join()).toContain("503");
    gate.rule = () => null;
    state.tick(noon + 4 * minute);
    state.tick(noon + 5 * minute);
    state.tick(noon + 5 * minute + 1000);
    await state.close();
    expect(await ask('SELECT "pass" FROM "service"')).toEqual([[noon + 5 * minute, 1]]);
  });
});
