import { expect, onTestFinished, test, vi } from "vitest";
import { hasMosquitto, startMosquitto } from "../../ingest/intake/mqtt/testing/mosquitto.ts";
import type { DeviceLinkInfo, GatewayInfo } from "../http/link-shapes.ts";
import { addDevice } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

/** A ChirpStack publishes to its own Mosquitto; the real program takes it from there, also what came while it lay killed. */

const devEui = "a84041000181c061";
const topic = `application/17c82e96/device/${devEui}/event/up`;

/** ChirpStack 4's event for a frame of a Dragino LSE01 that two gateways heard. */
function up(frameCounter: number, atMs: number): string {
  return JSON.stringify({
    deduplicationId: `frame-${frameCounter}`,
    time: new Date(atMs).toISOString(),
    deviceInfo: { deviceName: "Đất thửa 12", devEui },
    fCnt: frameCounter,
    fPort: 2,
    data: Buffer.from("CE2900F107A5099B6E2890", "hex").toString("base64"),
    rxInfo: [
      { gatewayId: "0016C001F153A14C", rssi: -97, snr: 7.5, crcStatus: "CRC_OK" },
      { gatewayId: "0016c001f153a14d", rssi: -113, snr: -4.2, crcStatus: "CRC_OK" },
    ],
    txInfo: { frequency: 921_400_000, modulation: { lora: { bandwidth: 125_000, spreadingFactor: 9 } } },
  });
}

const linkOf = (server: TestServer) => server.api<DeviceLinkInfo>(`/devices/${devEui}/link`);
const untilFrame = (server: TestServer, frameCounter: number) =>
  vi.waitFor(async () => expect((await linkOf(server)).frameCounter).toBe(frameCounter), {
    timeout: 60_000,
    interval: 50,
  });

test.skipIf(!hasMosquitto)(
  "a foreign broker's uplinks arrive, with how they were heard, and wait there while the server is killed",
  async () => {
    const broker = await startMosquitto();
    const intake = { name: "chirpstack", url: broker.url, filters: ["application/+/device/+/event/+"] };
    const installation = createTestInstallation({ intakes: [intake] });
    onTestFinished(() => installation.remove());
    let server = await installation.start();
    await addDevice(server, { id: devEui, model: "dragino-lse01", intervalMs: 600_000 });
    await vi.waitFor(
      async () =>
        expect((await server.health()).checks).toContainEqual(
          expect.objectContaining({ name: "intake chirpstack", status: "ok" }),
        ),
      { timeout: 60_000, interval: 50 },
    );

    const publisher = await broker.client();
    const startMs = Date.now() - 60_000;
    const publish = (frameCounter: number) =>
      publisher.publishAsync(topic, up(frameCounter, startMs + frameCounter), { qos: 1 });
    await publish(1);
    await untilFrame(server, 1);
    await server.kill();
    for (const frameCounter of [2, 3, 6]) await publish(frameCounter);
    server = await installation.start();
    await untilFrame(server, 6);

    expect(await linkOf(server)).toMatchObject({
      gateway: "0016c001f153a14c",
      rssi: -97,
      spreadingFactor: 9,
      lastDay: { received: 4, lost: 2 },
    });
    const { gateways } = await server.api<{ gateways: GatewayInfo[] }>("/gateways");
    expect(gateways.map(({ id, registered, lastDay }) => [id, registered, lastDay.uplinks])).toEqual([
      ["0016c001f153a14c", false, 4],
      ["0016c001f153a14d", false, 4],
    ]);
    expect((await installation.run("gateway", "list")).out).toMatch(
      /^0016c001f153a14c .* 4 +1 +nobody has added it$/m,
    );
    const query = `fromMs=${startMs}&toMs=${startMs + 60_000}&quantity=soil.moisture`;
    await vi.waitFor(
      async () => {
        const { readings } = await server.api<{ readings: { value: number }[] }>(
          `/devices/${devEui}/readings?${query}`,
        );
        expect(readings.map(({ value }) => value)).toEqual([19.57, 19.57, 19.57, 19.57]);
      },
      { timeout: 60_000, interval: 50 },
    );
  },
  180_000,
);
