import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasProgram } from "../testing/has-program.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** A LoRaWAN network server that we did not write (here mosquitto_pub in its name) publishes events to the real program. */

const hasMosquitto = hasProgram("mosquitto_pub");

const installation = createTestInstallation();
let server: TestServer;
let secret: string;

const devEui = "a84041000181c061";
const heardAtMs = Date.now() - 1_500;

beforeAll(async () => {
  await installation.run("device", "add", "ruong-12", "--model", "lse01", "--dev-eui", devEui.toUpperCase());
  const { out } = await installation.run("service", "add", "chirpstack", "--publish", "application/1/#");
  secret = /secret\s+(\S+)/.exec(out)?.[1] ?? "";
  server = await installation.start();
});
afterAll(() => installation.remove());

const up = (hex: string, atMs: number) =>
  JSON.stringify({
    deduplicationId: "3ac7e3c4-4401-4b8d-9386-a5c902f9202d",
    time: new Date(atMs).toISOString(),
    deviceInfo: { devEui, deviceName: "Đất thửa 12" },
    ...{ fCnt: 7, fPort: 2, data: Buffer.from(hex, "hex").toString("base64") },
    object: { water_SOIL: "99.99" },
    rxInfo: [{ gatewayId: "0016c001f153a14c", rssi: -97, snr: 7.5 }],
    txInfo: { frequency: 921400000, modulation: { lora: { bandwidth: 125000, spreadingFactor: 9 } } },
  });

async function publish(topic: string, payload: string): Promise<string> {
  const login = ["-i", "chirpstack-1", "-u", "chirpstack", "-P", secret];
  const address = ["-h", "127.0.0.1", "-p", String(server.mqttPort)];
  try {
    await promisify(execFile)("mosquitto_pub", [...address, ...login, "-q", "1", "-t", topic, "-m", payload]);
    return "acknowledged";
  } catch (error) {
    return String((error as { stderr?: string }).stderr).trim();
  }
}

const topicOf = (application: string, eui: string) => `application/${application}/device/${eui}/event/up`;

test.skipIf(!hasMosquitto)("its frame becomes the device's readings, at the network's time", async () => {
  expect(await publish(topicOf("1", devEui), up("CE2900F107A5099B6E2890", heardAtMs))).toBe("acknowledged");
  await settled(server);
  const { latest } = await server.api<{
    latest: { quantity: string; value: number; measuredAtMs: number }[];
  }>("/devices/ruong-12/latest");
  const told = Object.fromEntries(latest.map(({ quantity, value }) => [quantity, value]));
  expect(told).toMatchObject({
    "soil.moisture": 19.57,
    "soil.temperature": 24.59,
    "soil.ec": 28.2,
    "power.battery": 3.625,
    "radio.rssi": -97,
    "radio.spreadingFactor": 9,
  });
  expect(latest.every(({ measuredAtMs }) => measuredAtMs === heardAtMs)).toBe(true);
});

test.skipIf(!hasMosquitto)(
  "a frame that cannot be read is acknowledged, and kept with who could not read it",
  async () => {
    expect(await publish(topicOf("1", devEui), up("CE29", heardAtMs))).toBe("acknowledged");
    expect(await publish(topicOf("1", "ffffffffffffffff"), up("CE2900F107A5099B6E2890", heardAtMs))).toBe(
      "acknowledged",
    );
    await settled(server);
    const { entries } = await server.api<{ entries: { reason: string; decoder: string }[] }>(
      "/quarantine?limit=10",
    );
    expect(entries.map(({ reason, decoder }) => [reason, decoder.replaceAll(/\d+/g, "N")])).toEqual([
      ["unknown-device", "chirpstack/N"],
      ["wrong-shape", "chirpstack/N+dragino-lseN/N"],
    ]);
  },
);

test.skipIf(!hasMosquitto)("outside its filters it is cut off", async () => {
  expect(await publish(topicOf("other", devEui), up("CE2900F107A5099B6E2890", heardAtMs))).toMatch(/lost/i);
});
