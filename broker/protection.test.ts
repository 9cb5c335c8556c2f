import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createHookGuard } from "./guard-hook.ts";
import { checkPrivateFields } from "./private-fields.ts";
import { createRefusals } from "./refusals.ts";
import { type Door, everything, openDoor, until } from "./testing/open-door.ts";

const telemetry = "canhdong/v1/n-1/telemetry";

/** A header of a PUBLISH or CONNECT that announces so many bytes, and not one of them. */
function announcing(firstByte: number, length: number): Buffer {
  const bytes = [firstByte];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    if (rest < 128) return Buffer.from(bytes);
  }
}

describe("a stranger", () => {
  test("who announces 256 MB is cut before he sends them", async () => {
    const door = await openDoor();
    const stranger = await door.raw();
    stranger.sendBytes(announcing(0x10, 268_435_455));
    await stranger.closed;
    expect(door.lines).toMatchObject([{ reason: "packet-too-large", bytes: 268_435_455, limit: 8_192 }]);
  });

  test("who says nothing, or one byte now and then, is cut after the time to connect", async () => {
    const door = await openDoor({ settings: { limits: { connectTimeoutMs: 200 } } });
    const silent = await door.raw();
    const dribbling = await door.raw();
    const bytes = [0x10, 100, 0, 4, 0x4d, 0x51, 0x54, 0x54];
    const drip = setInterval(() => dribbling.sendBytes(Buffer.from([bytes.shift() ?? 0])), 20);
    await Promise.all([silent.closed, dribbling.closed]);
    clearInterval(drip);
    expect(door.broker.usage().refusals["connect-timeout"]).toBe(2);
  });

  test("is cut by the tick as well, should Aedes forget", async () => {
    let nowMs = 0;
    const door = await openDoor({ now: () => nowMs });
    const silent = await door.raw();
    const device = await door.rawDevice("n-1");
    nowMs = 10_001;
    door.broker.tick(nowMs);
    await silent.closed;
    device.send({ cmd: "pingreq" });
    await device.next("pingresp");
  });

  test("who publishes before he has connected is cut", async () => {
    const door = await openDoor();
    const stranger = await door.raw();
    stranger.send({ cmd: "publish", topic: telemetry, payload: "x", qos: 0, dup: false, retain: false });
    await stranger.closed;
    expect(door.uplinks).toEqual([]);
  });

  test("who publishes on the heels of a CONNECT with a wrong secret gets nothing in", async () => {
    const door = await openDoor();
    const stranger = await door.raw();
    stranger.connect({ clientId: "n-1", username: "n-1", password: "wrong" });
    for (let i = 0; i < 20; i++) {
      stranger.send({ cmd: "publish", topic: telemetry, payload: "x", qos: 0, dup: false, retain: false });
    }
    await stranger.closed;
    expect(door.uplinks).toEqual([]);
    expect(door.broker.usage().refusals).toMatchObject({ credentials: 1, "hook-failed": 0 });
  });

  test("who speaks no MQTT is cut and noted", async () => {
    const door = await openDoor();
    const stranger = await door.raw();
    stranger.sendBytes(Buffer.from("GET / HTTP/1.1\r\nHost: farm\r\n\r\n"));
    await stranger.closed;
    expect(door.broker.usage().refusals).toMatchObject({ protocol: 1 });
  });

  test("who opens connections too fast is turned away, and may come later", async () => {
    let nowMs = 0;
    const settings = { limits: { connectsPerSecond: 1, connectBurst: 2 } };
    const door = await openDoor({ settings, now: () => nowMs });
    await door.rawDevice("n-1");
    await door.rawDevice("n-2");
    const third = await door.raw();
    await third.closed;
    expect(door.broker.usage().refusals["connect-rate"]).toBe(1);
    nowMs = 5_000;
    await door.rawDevice("n-3");
  });

  test("one connection too many is turned away, those there are stay", async () => {
    const door = await openDoor({ settings: { limits: { maxConnections: 2 } } });
    const devices = [await door.rawDevice("n-1"), await door.rawDevice("n-2")];
    const third = connect(door.broker.mqttPort, "127.0.0.1");
    third.on("error", () => {});
    await new Promise((resolve) => third.once("close", resolve));
    expect(door.broker.usage().refusals["too-many-connections"]).toBe(1);
    for (const device of devices) {
      device.send({ cmd: "pingreq" });
      await device.next("pingresp");
    }
  });
});

describe("a device", () => {
  test("may send a packet up to the limit, and is cut at the header of a larger one", async () => {
    const door = await openDoor({ settings: { limits: { maxPacketBytes: 20_000 } } });
    const device = await door.rawDevice("n-1");
    const packet = {
      cmd: "publish",
      topic: telemetry,
      messageId: 1,
      qos: 1,
      dup: false,
      retain: false,
    } as const;
    device.send({ ...packet, payload: Buffer.alloc(19_000) });
    await device.next("puback");
    device.sendBytes(announcing(0x32, 20_001));
    await device.closed;
    expect(door.lines).toMatchObject([{ reason: "packet-too-large", device: "n-1", bytes: 20_001 }]);
  });

  test("with a topic of too many levels is cut", async () => {
    const door = await openDoor();
    const device = await door.rawDevice("n-1");
    const topic = Array.from({ length: 200 }, () => "x").join("/");
    device.send({ cmd: "publish", topic, payload: "", messageId: 1, qos: 1, dup: false, retain: false });
    await device.closed;
    expect(door.broker.usage().refusals.protocol).toBe(1);
  });

  test("that falls silent beyond its keep-alive is cut", async () => {
    const door = await openDoor();
    const device = await door.rawDevice("n-1", { keepalive: 1 });
    await device.closed;
    expect(door.broker.usage().refusals.keepalive).toBe(1);
  });
});

async function frozenIsCut(door: Door): Promise<void> {
  await until(() => door.broker.usage().connections === 0);
  // What was under way to it is told of its end a turn later.
  await new Promise((resolve) => setImmediate(resolve));
}

describe("a receiver that stops reading", () => {
  test("delays nobody else, and is cut when too much waits for it", async () => {
    const settings = { limits: { maxBufferedBytes: 100_000, drainTimeoutMs: 60_000 } };
    const services = { frozen: everything, lively: everything };
    const door = await openDoor({ services, settings });
    const frozen = await door.raw();
    frozen.connect({ clientId: "x", username: "frozen", password: "secret of frozen" });
    await frozen.next("connack");
    frozen.send({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "canhdong/#", qos: 0 }] });
    await frozen.next("suback");
    frozen.socket.pause();

    const lively = await door.service("lively");
    let heard = 0;
    lively.on("message", () => heard++);
    await lively.subscribeAsync("canhdong/#");
    const payload = Buffer.alloc(50_000);
    // With Aedes' own emitter the hundredth would wait for the frozen one, for a minute here.
    for (let i = 0; i < 1_000; i++) {
      await door.broker.publish("canhdong/v1/n-1/command", payload, { qos: 0 });
      await until(() => heard > i);
    }
    await until(() => door.broker.usage().refusals["slow-receiver"] === 1);
    expect(door.lines).toMatchObject([{ reason: "slow-receiver", service: "frozen" }]);
    expect(heard).toBe(1_000);
  });

  test("is cut when nothing moves for the time to drain", async () => {
    const settings = { limits: { drainTimeoutMs: 100, maxBufferedBytes: 100_000_000 } };
    const door = await openDoor({ services: { frozen: everything }, settings });
    const frozen = await door.raw();
    frozen.connect({ clientId: "x", username: "frozen", password: "secret of frozen" });
    await frozen.next("connack");
    frozen.send({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "canhdong/#", qos: 0 }] });
    await frozen.next("suback");
    frozen.socket.pause();
    // More than the system itself takes for a socket that nobody reads.
    const payload = Buffer.alloc(1_000_000);
    for (let i = 0; i < 30; i++) await door.broker.publish("canhdong/v1/n-1/command", payload, { qos: 0 });
    await frozenIsCut(door);
    expect(door.broker.usage().refusals["slow-receiver"]).toBe(1);
  });
});

describe("a hook that throws", () => {
  test("costs one connection, not the process", async () => {
    const door = await openDoor({
      services: {
        odd: {
          publish: [],
          get subscribe(): string[] {
            throw new Error("a bug in the registry");
          },
        },
      },
    });
    const device = await door.rawDevice("n-1");
    const odd = await door.raw();
    odd.connect({ clientId: "x", username: "odd", password: "secret of odd" });
    await odd.next("connack");
    odd.send({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "a", qos: 0 }] });
    await odd.closed;
    expect(door.lines).toMatchObject([{ reason: "hook-failed", service: "odd", hook: "authorizeSubscribe" }]);
    device.send({ cmd: "pingreq" });
    await device.next("pingresp");
  });

  test("is noted with its name and where it threw", () => {
    const lines: object[] = [];
    const log = { info() {}, warn: (fields: object) => void lines.push(fields), error() {} };
    const guard = createHookGuard(createRefusals({ log, now: () => 0 }));
    const hook = guard(
      "published",
      () => {},
      () => {
        throw new Error("oh");
      },
    );
    expect(hook(null)).toBeUndefined();
    expect(lines).toMatchObject([
      { hook: "published", error: expect.stringContaining("protection.test.ts") },
    ]);
  });

  test("a presence listener that throws harms neither the device nor the other listeners", async () => {
    const door = await openDoor();
    const seen: string[] = [];
    door.broker.onPresence(() => {
      throw new Error("oh");
    });
    const stop = door.broker.onPresence((device) => seen.push(device));
    await door.rawDevice("n-1");
    stop();
    await door.rawDevice("n-2");
    expect(seen).toEqual(["n-1"]);
    expect(door.broker.usage().refusals["hook-failed"]).toBe(2);
  });
});

test("a library without the private parts that the guards need is named at the start", () => {
  const changed = { _parser: { packet: {} }, pause() {}, resume() {}, connackSent: false };
  expect(() => checkPrivateFields(changed as never)).toThrow(
    /missing here: client\._parser\._parseLength\(\); client\._parser\._emitError\(\); client\._parser\.parse\(\); .*client\._parser\.client; .*client\._parsingBatch; client\._disconnected; client\.pause\(\) sets client\._paused/,
  );
});
