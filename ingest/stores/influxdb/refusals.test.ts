import { expect, onTestFinished, test, vi } from "vitest";
import { addDevice, connectNode } from "../../../app/testing/field-node.ts";
import { createTestInstallation } from "../../../app/testing/server-process.ts";
import { settled } from "../../../app/testing/settled.ts";
import { type Answer, openGate } from "./testing/gate.ts";
import { hasInfluxd, startInfluxd } from "./testing/influxd.ts";

/** The real program before a real InfluxDB, whose gate says no in every way there is. */

const patience = { timeout: 90_000, interval: 50 };
const said = (error: string) => JSON.stringify({ error });
const refusals: readonly { readonly why: string; readonly answer: Answer; readonly words: RegExp }[] = [
  {
    why: "the password has expired",
    answer: { status: 401, body: said("authorization failed") },
    words: /401: authorization failed.*put the .* right.*nothing is lost.*uplinks wait/,
  },
  {
    why: "the user may not write any more",
    answer: { status: 403, body: said("not authorized") },
    words: /403: not authorized.*read and write farm/,
  },
  {
    why: "the database was dropped",
    answer: { status: 404, body: said("database not found: farm") },
    words: /404.*make farm: canhdong influx init/,
  },
  {
    why: "it is overloaded",
    answer: { status: 429, headers: { "retry-after": "1" }, body: said("too many requests") },
    words: /429: too many requests|left alone/,
  },
  {
    why: "its disk is full",
    answer: { status: 500, body: said("engine: write /var/lib/influxdb: no space left on device") },
    words: /500: engine.*no space left/,
  },
  {
    why: "it is out of memory for writing",
    answer: { status: 500, body: said("engine: cache-max-memory-size exceeded: (1 / 1)") },
    words: /cache-max-memory-size/,
  },
  {
    why: "a proxy stands before nothing",
    answer: { status: 502, body: "<html>Bad Gateway</html>" },
    words: /502.*Bad Gateway/,
  },
  { why: "it says nothing", answer: "silence", words: /did not answer within 2000 ms/ },
];

test.skipIf(!hasInfluxd)(
  "whatever InfluxDB refuses for, devices are acknowledged, health and metrics say why, and in the end everything is there",
  async () => {
    const influx = await startInfluxd();
    onTestFinished(() => influx.remove());
    const gate = await openGate(influx.url);
    const installation = createTestInstallation({
      readings: {
        store: "influxdb",
        influxdb: { url: gate.url, api: "v1", database: "farm", timeoutMs: 2_000 },
      },
    });
    onTestFinished(() => installation.remove());
    expect((await installation.run("influx", "init")).code).toBe(0);
    const server = await installation.start();
    const secret = await addDevice(server, { id: "dat-01", model: "generic", intervalMs: 60_000 });
    const node = await connectNode(server, "dat-01", secret);
    const startMs = Date.now() - 600_000;
    const storeCheck = async () => (await server.health()).checks.find(({ name }) => name === "store");
    const metrics = async () => {
      const headers = { authorization: `Bearer ${server.token}` };
      return (await fetch(`${server.url}/api/v1/metrics`, { headers })).text();
    };

    for (const [index, { why, answer, words }] of refusals.entries()) {
      gate.rule = () => answer;
      await node.send({ ts: startMs + index, values: { "soil.moisture": index } });
      await vi.waitFor(async () => {
        expect(await storeCheck(), why).toMatchObject({
          status: "degraded",
          message: expect.stringMatching(words),
        });
      }, patience);
      expect((await server.health()).status, why).toBe("degraded");
      expect(await metrics(), why).toMatch(/^canhdong_follower_failing\{follower="store"\} 1$/m);
      gate.rule = () => null;
      await vi.waitFor(async () => expect((await storeCheck())?.status, why).toBe("ok"), patience);
    }
    await settled(server);
    await node.end();
    const query = `fromMs=${startMs}&toMs=${startMs + 1000}&quantity=soil.moisture`;
    const { readings } = await server.api<{ readings: { value: number }[] }>(
      `/devices/dat-01/readings?${query}`,
    );
    expect(readings.map(({ value }) => value)).toEqual(refusals.map((_, index) => index));
    expect(await metrics()).toMatch(/^canhdong_follower_failing\{follower="store"\} 0$/m);
    expect(await server.stop()).toBe(0);
  },
  300_000,
);

test.skipIf(!hasInfluxd)(
  "readings that InfluxDB refuses for good are counted in metrics, told in health and in the API, and are no reason to wait",
  async () => {
    const influx = await startInfluxd();
    onTestFinished(() => influx.remove());
    const installation = createTestInstallation({
      readings: { store: "influxdb", influxdb: { url: influx.url, api: "v1", database: "farm" } },
    });
    onTestFinished(() => installation.remove());
    expect((await installation.run("influx", "init")).code).toBe(0);
    // Somebody else's mistake: from now on this field is a text.
    const line = `air,device=other temperature="warm" ${Date.now()}`;
    const taken = await fetch(`${influx.url}/write?db=farm&precision=ms`, { method: "POST", body: line });
    expect(taken.status).toBe(204);
    const server = await installation.start();
    const secret = await addDevice(server, { id: "dat-01", model: "generic", intervalMs: 60_000 });
    const node = await connectNode(server, "dat-01", secret);
    await node.send({ ts: Date.now() - 1000, values: { "soil.moisture": 30, "air.temperature": 28.5 } });
    await node.end();
    await settled(server);

    const { refusedByStore } = await server.api<{ refusedByStore: object }>("/quarantine");
    expect(refusedByStore).toMatchObject({
      total: 1,
      byReason: { "type-conflict": 1 },
      readings: [{ device: "dat-01", quantity: "air.temperature", value: 28.5 }],
    });
    const headers = { authorization: `Bearer ${server.token}` };
    const metrics = await (await fetch(`${server.url}/api/v1/metrics`, { headers })).text();
    expect(metrics).toMatch(/^canhdong_readings_refused\{reason="type-conflict"\} 1$/m);
    const { status, checks } = await server.health();
    expect(status).toBe("degraded");
    expect(checks.find(({ name }) => name === "store")?.status).toBe("ok");
    expect(checks.find(({ name }) => name === "refused readings")).toMatchObject({
      status: "degraded",
      message: expect.stringMatching(/1 type-conflict; canhdong influx check/),
    });
    const { out } = await installation.run("influx", "check");
    expect(out).toMatch(/refused for good: 1 type-conflict/);
    expect(out).toMatch(/air\.temperature +28\.5 +.*field type conflict/);
    expect(await server.stop()).toBe(0);
  },
  120_000,
);
