import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { brokerSettings } from "../../broker/index.ts";
import { openRegistry, type Registry, topicsOf } from "../../devices/index.ts";
import { openSegmentJournal } from "../../ingest/journal/segments/open-segment-journal.ts";
import type { SegmentJournal } from "../../ingest/journal/segments/segment-journal.ts";
import { connectNode } from "../testing/field-node.ts";
import { type FrontDoor, openFrontDoor } from "./open-front-door.ts";

const secretKey = new Uint8Array(32).fill(5);
let folder: string;
let registry: Registry;
let journal: SegmentJournal;
let opened: FrontDoor[];
let logged: { level: string; fields: object; message: string }[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-front-door-"));
  registry = openRegistry(join(folder, "registry.sqlite"), secretKey);
  journal = await openSegmentJournal({ folder: join(folder, "journal") });
  logged = [];
  opened = [];
});
afterEach(async () => {
  for (const door of opened) await door.close();
  await journal.close();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(mqttPort = 0): Promise<FrontDoor> {
  const at = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  const door = await openFrontDoor({
    settings: brokerSettings.parse({ mqttPort }),
    registryFile: join(folder, "registry.sqlite"),
    secretKey,
    sessionsFile: join(folder, "sessions.sqlite"),
    inlet: journal.inlet(),
    log: { info: at("info"), warn: at("warn"), error: at("error") },
  });
  opened.push(door);
  return door;
}

/** Resolves with the next change of presence of this device. */
function nextPresence(door: FrontDoor, device: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = door.onPresence((who, connected) => {
      if (who !== device) return;
      stop();
      resolve(connected);
    });
  });
}

test("a device that was registered a moment ago comes in, is seen, and what is acknowledged to it is in the journal", async () => {
  const door = await open();
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const came = nextPresence(door, "soil-1");
  const node = await connectNode(door, "soil-1", secret);
  expect(await came).toBe(true);
  expect(door.connected("soil-1")).toBe(true);
  expect(door.connectedDevices()).toBe(1);

  await node.send({ values: { "soil.moisture": 31 } });
  await journal.caughtUp();
  const { uplinks } = await journal.read(0, 10);
  expect(uplinks.map(({ device, topic }) => [device, topic])).toEqual([
    ["soil-1", topicsOf("soil-1").telemetry],
  ]);

  const went = nextPresence(door, "soil-1");
  await node.end();
  expect(await went).toBe(false);
  expect(door.connected("soil-1")).toBe(false);
});

test("whoever is sent away is cut off, and it is logged", async () => {
  const door = await open();
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const node = await connectNode(door, "soil-1", secret);
  const closed = new Promise((resolve) => node.client.once("close", () => resolve(null)));
  door.disconnect("soil-1", "removed");
  await closed;
  await door.close();
  expect(logged).toContainEqual({
    level: "warn",
    fields: expect.objectContaining({ device: "soil-1", why: "removed" }),
    message: expect.any(String),
  });
});

test("a message goes out to whoever subscribes; a topic that is none is refused with the reason", async () => {
  const door = await open();
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const node = await connectNode(door, "soil-1", secret);
  await node.client.subscribeAsync(topicsOf("soil-1").command, { qos: 1 });
  const got = new Promise<string>((resolve) =>
    node.client.once("message", (_topic, payload) => resolve(String(payload))),
  );
  await door.publish(topicsOf("soil-1").command, '{"id":"1"}', { qos: 1 });
  expect(await got).toBe('{"id":"1"}');
  await expect(door.publish("a/#", "x")).rejects.toThrow(RangeError);
  await node.end();
});

test("what it counts is told from the first moment on", async () => {
  const door = await open();
  expect(door.usage()).toMatchObject({ connections: 0, uplinks: { accepted: 0, failed: 0 } });
});

test("a port that is taken is an error with the code, port and address, and the journal is let go", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(open(port)).rejects.toMatchObject({ code: "EADDRINUSE", port, address: "127.0.0.1" });
});

test("closing keeps what was on its way, and closing twice is closing once", async () => {
  const door = await open();
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const client = mqtt.connect({
    ...{ host: "127.0.0.1", port: door.mqttPort, reconnectPeriod: 0 },
    ...{ clientId: "soil-1", username: "soil-1", password: secret },
  });
  onTestFinished(() => void client.end(true));
  await new Promise((resolve) => client.once("connect", resolve));
  let acknowledged = 0;
  for (let n = 0; n < 500; n++) {
    const body = JSON.stringify({ ts: 1_763_712_000_000 + n, values: { "soil.moisture": 30 } });
    client.publish(topicsOf("soil-1").telemetry, body, { qos: 1 }, (error) => {
      if (!error) acknowledged++;
    });
  }
  const closed = new Promise((resolve) => client.once("close", () => resolve(null)));
  await Promise.all([door.close(), door.close()]);
  await closed;
  await journal.caughtUp();
  expect(journal.end).toBeGreaterThanOrEqual(acknowledged);
});
