import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { quantities } from "../../devices/index.ts";
import { openEmbeddedStore } from "../../ingest/stores/embedded/open-embedded-store.ts";
import { openGate } from "../../ingest/stores/influxdb/testing/gate.ts";
import { hasInfluxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

const device = "dat-01";
const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** A week ago, in the morning: sealed long since. */
const fromMs = Math.floor(Date.now() / dayMs - 7) * dayMs + 2 * 3_600_000;

async function storedValues(server: TestServer): Promise<number[]> {
  const query = `fromMs=${fromMs}&toMs=${fromMs + 20 * dayMs}&quantity=soil.moisture&limit=5000`;
  const { readings } = await server.api<{ readings: { value: number }[] }>(
    `/devices/${device}/readings?${query}`,
  );
  return readings.map(({ value }) => value);
}

/** Three days of an hour each, in the folder of an installation that has not started yet. */
async function layDown(data: string): Promise<number[]> {
  const values = Array.from({ length: 180 }, (_, index) => index / 4);
  const readings = values.map((value, index) => {
    const measuredAtMs = fromMs + Math.floor(index / 60) * dayMs + (index % 60) * minuteMs;
    return {
      device,
      quantity: "soil.moisture",
      measuredAtMs,
      receivedAtMs: measuredAtMs + 1000,
      value,
      live: true,
    };
  });
  const store = await openEmbeddedStore({
    folder: join(data, "readings"),
    quantities,
    retentionDaysOf: () => null,
    log: { warn() {}, info() {} },
    now: Date.now,
  });
  await store.write(readings, 0);
  await store.maintain(Date.now());
  await store.close();
  return values;
}

test.skipIf(!hasInfluxd)(
  "an embedded installation moves to an InfluxDB while devices go on sending, and nothing is missing afterwards",
  async () => {
    const influx = await startInfluxd();
    onTestFinished(() => influx.remove());
    const installation = createTestInstallation({
      readings: { store: "embedded", influxdb: { url: influx.url, api: "v1", database: "tinh" } },
    });
    onTestFinished(() => installation.remove());
    const history = await layDown(installation.data);
    let server = await installation.start();
    const secret = await addDevice(server, { id: device, intervalMs: minuteMs });
    const node = await connectNode(server, device, secret);
    const send = (value: number) =>
      node.send({ ts: Date.now() - minuteMs + value, values: { "soil.moisture": value } });
    for (const value of [50, 51]) await send(value);
    await settled(server);

    expect((await installation.run("influx", "init")).code).toBe(0);
    const account = join(installation.folder, "account.csv");
    const first = await installation.run("migrate", "--account", account);
    expect(first.code, first.err).toBe(0);
    expect(first.out).toMatch(/^3 days copied now\./);
    expect(first.out).toMatch(/soil\.moisture +3 +180 +180 +0 +0\n/);
    expect(first.out).toMatch(/goes on at journal position 0/);
    const day = new Date(fromMs).toISOString().slice(0, 10);
    expect(readFileSync(account, "utf8").split("\n").slice(0, 2)).toEqual([
      "day,quantity,copied,in_influxdb,refused,missing",
      `${day},soil.moisture,60,60,0,0`,
    ]);
    await send(52);
    await node.end();
    expect(await server.stop()).toBe(0);

    const settings = parse(readFileSync(installation.configFile, "utf8"));
    settings.readings.store = "influxdb";
    writeFileSync(installation.configFile, stringify(settings));
    server = await installation.start();
    await settled(server);
    expect(await storedValues(server)).toEqual([...history, 50, 51, 52]);

    const again = await installation.run("migrate");
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^0 days copied now\./)]);
    expect(again.out).toMatch(/writes to this InfluxDB already/);
    expect(await server.stop()).toBe(0);
  },
  240_000,
);

test.skipIf(!hasInfluxd)(
  "a copy that is killed in the middle of a day goes on with that day, and everything is there once",
  async () => {
    const influx = await startInfluxd();
    onTestFinished(() => influx.remove());
    const gate = await openGate(influx.url);
    const installation = createTestInstallation({
      readings: { store: "embedded", influxdb: { url: gate.url, api: "v1", database: "tinh" } },
    });
    onTestFinished(() => installation.remove());
    await layDown(installation.data);
    expect((await installation.run("influx", "init")).code).toBe(0);

    const program = join(import.meta.dirname, "../canhdong.js");
    const killed = spawn(process.execPath, [program, "--config", installation.configFile, "migrate"]);
    const secondDay = String(fromMs + dayMs);
    gate.rule = (lines) => {
      // The database has the lines; who sent them never hears of it.
      if (lines.some((line) => line.endsWith(secondDay))) killed.kill("SIGKILL");
      return null;
    };
    const [, signal] = (await once(killed, "exit")) as [number | null, string | null];
    expect(signal).toBe("SIGKILL");

    gate.rule = () => null;
    const again = await installation.run("migrate");
    expect(again.code, again.err).toBe(0);
    expect(again.out).toMatch(/^2 days copied now\./);
    expect(again.out).toMatch(/soil\.moisture +3 +180 +180 +0 +0\n/);
  },
  240_000,
);

test("what cannot be copied says what is missing", async () => {
  const bare = createTestInstallation();
  onTestFinished(() => bare.remove());
  const { code, err } = await bare.run("migrate");
  expect([code, err]).toEqual([1, expect.stringMatching(/readings\.influxdb is missing/)]);

  const empty = createTestInstallation({
    readings: { influxdb: { url: "http://127.0.0.1:9", api: "v1", database: "tinh" } },
  });
  onTestFinished(() => empty.remove());
  const nothing = await empty.run("migrate");
  expect([nothing.code, nothing.err]).toEqual([1, expect.stringMatching(/no embedded store/)]);
}, 60_000);
