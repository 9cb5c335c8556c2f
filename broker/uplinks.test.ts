import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../devices/index.ts";
import type { UplinkSink } from "./index.ts";
import { everything, nextMessage, openDoor, temporaryFolder, until } from "./testing/open-door.ts";
import type { RawClient } from "./testing/raw-client.ts";

const telemetry = (device: string) => `canhdong/v1/${device}/telemetry`;

function publish(topic: string, messageId: number, payload: string | Buffer = `${messageId}`) {
  return { cmd: "publish", topic, payload, messageId, qos: 1, retain: false, dup: false } as const;
}

/** A sink whose disk works when told to. */
function createSlowSink() {
  const waiting: { uplink: Uplink; accepted: (error: Error | null) => void }[] = [];
  const sink: UplinkSink = { accept: (uplink, accepted) => void waiting.push({ uplink, accepted }) };
  const settle = (count: number, error: Error | null = null) => {
    for (const { accepted } of waiting.splice(0, count)) accepted(error);
  };
  return { sink, waiting, settle };
}

describe("an acknowledgement is a receipt", () => {
  test("it comes after the sink has accepted, not before", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink });
    const device = await door.rawDevice("n-1");
    device.send(publish(telemetry("n-1"), 7), { cmd: "pingreq" });
    // The answer to the ping, sent later, overtakes the acknowledgement that is held.
    await device.next("pingresp");
    expect(device.received.map(({ cmd }) => cmd)).toEqual(["connack", "pingresp"]);
    disk.settle(1);
    expect(await device.next("puback")).toMatchObject({ messageId: 7 });
  });

  test("a client's come in the order of its uplinks, other messages among them", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink });
    const device = await door.rawDevice("n-1");
    // The status is retained on disk before the telemetry around it is.
    device.send(
      publish(telemetry("n-1"), 1),
      { ...publish("canhdong/v1/n-1/status", 2), retain: true },
      publish(telemetry("n-1"), 3),
    );
    await until(() => door.broker.usage().retained.messages === 1 && disk.waiting.length === 2);
    disk.settle(2);
    await device.next("puback");
    await device.next("puback");
    await device.next("puback");
    const acknowledged = device.received.filter(({ cmd }) => cmd === "puback");
    expect(acknowledged.map(({ messageId }) => messageId)).toEqual([1, 2, 3]);
  });

  test("what the sink cannot keep is not acknowledged: the device is cut and keeps it, its neighbour goes on", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink, settings: { flapping: { maxConnects: 1 } } });
    const device = await door.rawDevice("n-1");
    const neighbour = await door.rawDevice("n-2");
    device.send(publish(telemetry("n-1"), 1), publish(telemetry("n-1"), 2));
    await until(() => disk.waiting.length === 2);
    disk.settle(1, new Error("ENOSPC: no space left on device"));
    disk.settle(1);
    await device.closed;
    expect(device.received.filter(({ cmd }) => cmd === "puback")).toEqual([]);
    expect(door.lines).toMatchObject([{ reason: "not-stored", device: "n-1" }]);
    expect(door.broker.usage().uplinks).toMatchObject({ failed: 1, pending: 0, pendingBytes: 0 });

    // The fault was ours, so coming back is not held against it.
    const again = await door.rawDevice("n-1");
    for (const client of [neighbour, again]) {
      client.send(publish(telemetry(client === again ? "n-1" : "n-2"), 3));
      await until(() => disk.waiting.length === 1);
      disk.settle(1);
      expect(await client.next("puback")).toMatchObject({ messageId: 3 });
    }
  });

  test("a sink that throws costs that one connection", async () => {
    const sink: UplinkSink = {
      accept() {
        throw new Error("a bug behind the broker");
      },
    };
    const door = await openDoor({ sink });
    const device = await door.rawDevice("n-1");
    device.send(publish(telemetry("n-1"), 1));
    await device.closed;
    await door.rawDevice("n-2");
    expect(door.broker.usage().refusals["not-stored"]).toBe(1);
  });

  test("at QoS 2 the receipt waits as well", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink });
    const device = await door.rawDevice("n-1");
    device.send({ ...publish(telemetry("n-1"), 5), qos: 2 }, { cmd: "pingreq" });
    await device.next("pingresp");
    expect(device.received.map(({ cmd }) => cmd)).not.toContain("pubrec");
    disk.settle(1);
    await device.next("pubrec");
    device.send({ cmd: "pubrel", messageId: 5 });
    expect(await device.next("pubcomp")).toMatchObject({ messageId: 5 });
  });
});

test("a message that cannot be kept for who sleeps is not acknowledged, and it works again afterwards", async () => {
  const sessionsFile = join(temporaryFolder(), "sessions.db");
  const door = await openDoor({ sessionsFile, settings: { flapping: { maxConnects: 1 } } });
  const device = await door.rawDevice("n-1");
  // A disk that fails: somebody holds the file locked for longer than the broker waits.
  const other = new DatabaseSync(sessionsFile);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  const status = { ...publish("canhdong/v1/n-1/status", 1), retain: true };
  device.send(status);
  await device.closed;
  expect(device.received.map(({ cmd }) => cmd)).toEqual(["connack"]);
  expect(door.broker.usage().sessionsFailing).toContain("locked");
  expect(door.lines).toMatchObject([{ reason: "sessions-disk", device: "n-1" }]);
  other.exec("ROLLBACK");
  const again = await door.rawDevice("n-1");
  again.send(status);
  await again.next("puback");
  expect(door.broker.usage().sessionsFailing).toBeNull();
});

describe("what arrives", () => {
  test("telemetry, acknowledged commands and reported settings go to the sink as they came", async () => {
    const door = await openDoor({ now: () => 1_763_712_000_000 });
    const device = await door.device("n-1");
    const rubbish = Buffer.from([0xff, 0x00, 0xc3]);
    await device.publishAsync(telemetry("n-1"), rubbish, { qos: 1 });
    await device.publishAsync("canhdong/v1/n-1/command/ack", "done", { qos: 1 });
    await device.publishAsync("canhdong/v1/n-1/config/reported", "{}", { qos: 1 });
    const from = { device: "n-1", receivedAtMs: 1_763_712_000_000 };
    expect(door.uplinks).toEqual([
      { ...from, topic: "canhdong/v1/n-1/telemetry", payload: rubbish },
      { ...from, topic: "canhdong/v1/n-1/command/ack", payload: Buffer.from("done") },
      { ...from, topic: "canhdong/v1/n-1/config/reported", payload: Buffer.from("{}") },
    ]);
  });

  test("is passed on, too, to a service that asked for it, and is never retained", async () => {
    const door = await openDoor({ services: { bridge: everything } });
    const bridge = await door.service("bridge");
    await bridge.subscribeAsync("canhdong/v1/+/telemetry", { qos: 1 });
    const device = await door.device("n-1");
    const message = nextMessage(bridge);
    await device.publishAsync(telemetry("n-1"), "31.2", { qos: 1, retain: true });
    expect(await message).toBe("canhdong/v1/n-1/telemetry 31.2");
    expect(door.uplinks).toHaveLength(1);
    expect(door.broker.usage().retained.messages).toBe(0);
  });

  test("comes through a network server as its own: whose it is, decoding finds out", async () => {
    const rights = { publish: ["application/#"], subscribe: [] };
    const door = await openDoor({ services: { chirpstack: rights } });
    const server = await door.service("chirpstack");
    const topic = "application/1/device/a84041000181c061/event/up";
    await server.publishAsync(topic, "{}", { qos: 1 });
    expect(door.uplinks).toMatchObject([{ device: "service:chirpstack", topic }]);
  });

  test("comes from a node with another system's firmware, whose presence is retained, small talk let pass", async () => {
    const door = await openDoor({ services: { home: everything } });
    const will = { topic: "tele/n-1/LWT", payload: Buffer.from("Offline"), qos: 1 as const, retain: true };
    const node = await door.device("n-1", { will });
    await node.publishAsync("tele/n-1/LWT", "Online", { qos: 1, retain: true });
    await node.publishAsync("tele/n-1/INFO1", "{}", { qos: 1 });
    await node.publishAsync("tele/n-1/SENSOR", "{}", { qos: 1 });
    expect(door.uplinks).toMatchObject([{ device: "n-1", topic: "tele/n-1/SENSOR" }]);
    const home = await door.service("home");
    const message = nextMessage(home);
    await home.subscribeAsync("tele/+/LWT");
    expect(await message).toBe("tele/n-1/LWT Online");
  });

  test("comes through a service as well, in the name of the topic's device", async () => {
    const rights = { publish: ["canhdong/v1/+/telemetry"], subscribe: [] };
    const door = await openDoor({ services: { lorawan: rights } });
    const gateway = await door.service("lorawan");
    await gateway.publishAsync(telemetry("n-9"), "1", { qos: 1 });
    expect(door.uplinks).toMatchObject([{ device: "n-9" }]);
  });
});

describe("back-pressure", () => {
  /** Each in a segment of its own: a whole chunk would be taken at once. */
  async function drip(device: RawClient, id: string, count: number) {
    for (let i = 1; i <= count; i++) {
      device.send(publish(telemetry(id), i));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  test("a client with too much in flight is not read until half of it is safe; nothing is lost", async () => {
    const disk = createSlowSink();
    const settings = { limits: { maxInFlightPerClient: 10 } };
    const door = await openDoor({ sink: disk.sink, settings });
    const device = await door.rawDevice("n-1");
    await drip(device, "n-1", 300);
    await until(() => door.broker.usage().uplinks.pauses.inFlight > 0);
    expect(door.broker.usage().uplinks.pending).toBeLessThan(300);
    let settled = 0;
    while (settled < 300) {
      await until(() => disk.waiting.length > 0);
      settled++;
      disk.settle(1);
    }
    await until(() => device.received.filter(({ cmd }) => cmd === "puback").length === 300);
    const ids = device.received.filter(({ cmd }) => cmd === "puback").map(({ messageId }) => messageId);
    expect(ids).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  test("a chunk with more than the window is taken whole, and reading goes on after it", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink, settings: { limits: { maxInFlightPerClient: 10 } } });
    const device = await door.rawDevice("n-1");
    device.send(...Array.from({ length: 20 }, (_, i) => publish(telemetry("n-1"), i + 1)));
    await until(() => disk.waiting.length === 20);
    device.send(...Array.from({ length: 20 }, (_, i) => publish(telemetry("n-1"), i + 21)));
    for (let i = 1; i <= 40; i++) {
      await until(() => disk.waiting.length > 0);
      disk.settle(1);
      expect(await device.next("puback")).toMatchObject({ messageId: i });
    }
  });

  test("one client's full window leaves its neighbour alone", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink, settings: { limits: { maxInFlightPerClient: 10 } } });
    const busy = await door.rawDevice("n-1");
    await drip(busy, "n-1", 100);
    const neighbour = await door.rawDevice("n-2");
    neighbour.send(publish(telemetry("n-2"), 1));
    await until(() => disk.waiting.some(({ uplink }) => uplink.device === "n-2"));
    disk.settle(disk.waiting.length);
    expect(await neighbour.next("puback")).toMatchObject({ messageId: 1 });
  });

  test("when too many bytes wait for the disk, publishing clients are not read, and go on afterwards", async () => {
    const disk = createSlowSink();
    const door = await openDoor({ sink: disk.sink, settings: { limits: { maxPendingBytes: 1_000 } } });
    const device = await door.rawDevice("n-1");
    for (let i = 1; i <= 5; i++) {
      device.send(publish(telemetry("n-1"), i, Buffer.alloc(600)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => door.broker.usage().uplinks.pauses.pending > 0);
    for (let i = 1; i <= 5; i++) {
      await until(() => disk.waiting.length > 0);
      disk.settle(1);
      await device.next("puback");
    }
    expect(door.broker.usage().uplinks).toMatchObject({ accepted: 5, acceptedBytes: 3_000, pendingBytes: 0 });
  });

  test("a device above its rate is slowed down, not cut, and all of it arrives", async () => {
    let nowMs = 0;
    const settings = { limits: { uplinksPerSecond: 10, uplinkBurst: 5 } };
    const door = await openDoor({ settings, now: () => nowMs });
    const device = await door.rawDevice("n-1");
    await drip(device, "n-1", 100);
    await until(() => door.broker.usage().uplinks.pauses.rate === 1);
    const seconds = Array.from({ length: 100 }, (_, i) => (i + 1) * 1_000);
    for (const second of seconds) {
      if (door.uplinks.length === 100) break;
      nowMs = second;
      door.broker.tick(nowMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => door.uplinks.length === 100);
    await until(() => device.received.filter(({ cmd }) => cmd === "puback").length === 100);
    expect(door.broker.usage().refusals).toMatchObject({ publish: 0, protocol: 0 });
  });
});

test("a stop lets what is on its way to the disk arrive and be acknowledged", async () => {
  const disk = createSlowSink();
  const door = await openDoor({ sink: disk.sink });
  const device = await door.rawDevice("n-1");
  device.send(publish(telemetry("n-1"), 1));
  await until(() => disk.waiting.length === 1);
  const closed = door.broker.close();
  disk.settle(1);
  await closed;
  await device.closed;
  expect(device.received.map(({ cmd }) => cmd)).toEqual(["connack", "puback"]);
});
