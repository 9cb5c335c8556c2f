import mqtt, { type IClientOptions } from "mqtt";
import { afterAll, expect, test } from "vitest";
import { topicsOf } from "../../devices/index.ts";
import { addDevice } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

const installation = createTestInstallation();
afterAll(() => installation.remove());

/** A node that keeps its session while it sleeps; what is told to it right at its waking is not missed. */
async function wake(server: TestServer, secret: string) {
  const options: IClientOptions = {
    clientId: "bom-1",
    username: "bom-1",
    password: secret,
    clean: false,
    reconnectPeriod: 0,
  };
  const client = mqtt.connect(`mqtt://127.0.0.1:${server.mqttPort}`, options);
  const heard: { topic: string; body: unknown }[] = [];
  client.on("message", (topic, payload) => heard.push({ topic, body: JSON.parse(payload.toString()) }));
  await new Promise((connected) => client.once("connect", connected));
  return { client, heard };
}

test("a command and settings sent while a device sleeps reach it when it wakes, also after a kill of the server", async () => {
  let server = await installation.start();
  const secret = await addDevice(server, { id: "bom-1", intervalMs: 600_000 });
  const topics = topicsOf("bom-1");

  const first = await wake(server, secret);
  await first.client.subscribeAsync([topics.command, topics.config], { qos: 1 });
  await first.client.endAsync();

  const irrigate = { name: "irrigate", args: { minutes: 20 } };
  const { id } = await server.api<{ id: string }>("/devices/bom-1/commands", {
    method: "POST",
    body: JSON.stringify(irrigate),
  });
  const settings = JSON.stringify({ settings: { interval_s: 300 } });
  const { revision } = await server.api<{ revision: number }>("/devices/bom-1/config", {
    method: "PUT",
    body: settings,
  });
  await server.kill();

  server = await installation.start();
  const second = await wake(server, secret);
  await expect
    .poll(() => second.heard, { timeout: 10_000 })
    .toContainEqual({ topic: topics.command, body: { id, ...irrigate } });
  await expect
    .poll(() => second.heard)
    .toContainEqual({ topic: topics.config, body: { revision, settings: { interval_s: 300 } } });
  await second.client.publishAsync(topics.commandAck, JSON.stringify({ id, state: "done" }), { qos: 1 });
  await second.client.endAsync();

  const third = await wake(server, secret);
  await third.client.publishAsync(topics.status, JSON.stringify({ online: true }), { qos: 1, retain: true });
  expect(third.heard.filter(({ topic }) => topic === topics.command)).toEqual([]);
  await third.client.endAsync();
});
