import { expect, onTestFinished, test, vi } from "vitest";
import { hasInfluxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** The real program on a real InfluxDB, which is killed while devices go on sending. */

const device = "dat-01";
const patience = { timeout: 90_000, interval: 50 };

async function storedValues(server: TestServer, fromMs: number): Promise<number[]> {
  const query = `fromMs=${fromMs}&toMs=${fromMs + 3_600_000}&quantity=soil.moisture`;
  const { readings } = await server.api<{ readings: { value: number }[] }>(
    `/devices/${device}/readings?${query}`,
  );
  return readings.map(({ value }) => value);
}

test.skipIf(!hasInfluxd)(
  "readings are kept in an InfluxDB; while it is away uplinks are acknowledged, and afterwards they are all there",
  async () => {
    const influx = await startInfluxd();
    onTestFinished(() => influx.remove());
    const installation = createTestInstallation({
      readings: { store: "influxdb", influxdb: { url: influx.url, api: "v1", database: "farm" } },
    });
    onTestFinished(() => installation.remove());
    expect((await installation.run("influx", "init")).out).toMatch(/farm .*for ever/);

    let server = await installation.start();
    const secret = await addDevice(server, { id: device, model: "generic", intervalMs: 60_000 });
    const startMs = Date.now() - 600_000;
    const node = await connectNode(server, device, secret);
    const send = (value: number) => node.send({ ts: startMs + value, values: { "soil.moisture": value } });
    for (const value of [1, 2, 3]) await send(value);
    await settled(server);
    expect(await storedValues(server, startMs)).toEqual([1, 2, 3]);

    await influx.kill();
    for (const value of [4, 5, 6]) await send(value);
    await vi.waitFor(
      async () =>
        expect((await server.health()).checks).toContainEqual(
          expect.objectContaining({
            name: "store",
            status: "degraded",
            message: expect.stringMatching(/InfluxDB at .* cannot be reached .*uplinks wait/),
          }),
        ),
      patience,
    );
    await node.end();
    await server.kill();
    server = await installation.start();
    await influx.start();
    await vi.waitFor(
      async () => expect(await storedValues(server, startMs)).toEqual([1, 2, 3, 4, 5, 6]),
      patience,
    );
    expect((await installation.run("influx", "check")).out).toMatch(/6 readings/);
    expect(await server.stop()).toBe(0);
  },
  240_000,
);
