import mqtt, { type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { addDevice } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** A valve controller is behind a LoRaWAN network server, which is a service at the broker of the real program. */

const installation = createTestInstallation();
const devEui = "24e124460c123456";
const place = `application/17c82e96/device/${devEui}`;
let server: TestServer;
let secret: string;

beforeAll(async () => {
  const rights = ["--publish", "application/#", "--subscribe", "application/+/device/+/command/down"];
  const { out } = await installation.run("service", "add", "chirpstack", ...rights);
  secret = /secret\s+(\S+)/.exec(out)?.[1] ?? "";
  server = await installation.start();
  await addDevice(server, { id: "van-3", model: "milesight-uc511", devEui });
}, 120_000);
afterAll(() => installation.remove());

async function networkServer(): Promise<{ client: MqttClient; heard: { topic: string; body: unknown }[] }> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, {
    ...{ clientId: "chirpstack-1", username: "chirpstack", password: secret, reconnectPeriod: 0 },
  });
  onTestFinished(() => client.endAsync(true));
  const heard: { topic: string; body: unknown }[] = [];
  client.on("message", (topic, payload) => heard.push({ topic, body: JSON.parse(String(payload)) }));
  await client.subscribeAsync("application/+/device/+/command/down", { qos: 1 });
  return { client, heard };
}

const asked = (name: string, args: object) =>
  fetch(`${server.url}/api/v1/devices/van-3/commands`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name, args }),
  });

test("what it is told goes back through the network by which it was heard, as bytes that it obeys", async () => {
  const { client, heard } = await networkServer();
  const up = {
    time: new Date().toISOString(),
    fCnt: 1,
    fPort: 85,
    data: Buffer.from("030100", "hex").toString("base64"),
  };
  await client.publishAsync(`${place}/event/up`, JSON.stringify(up), { qos: 1 });
  await settled(server);

  const answer = await asked("irrigate", { valve: 1, minutes: 20 });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  await expect
    .poll(() => heard, { timeout: 30_000 })
    .toEqual([
      {
        topic: `${place}/command/down`,
        body: {
          id,
          devEui,
          confirmed: true,
          fPort: 85,
          data: Buffer.from("ff1da000b00400", "hex").toString("base64"),
        },
      },
    ]);
});

test("what it does not obey is refused with what it does", async () => {
  const { heard } = await networkServer();
  const answer = await asked("dance", {});
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringMatching(/does not obey .*right is irrigate, open, close, set-interval/),
  ]);
  expect(heard).toEqual([]);
});
