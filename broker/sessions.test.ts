import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Door, everything, openDoor, temporaryFolder, until } from "./testing/open-door.ts";
import type { RawClient } from "./testing/raw-client.ts";

const command = "canhdong/v1/n-1/command";

async function sleepingDevice(door: Door, filters = [command]): Promise<void> {
  const device = await door.rawDevice("n-1", { clean: false });
  const subscriptions = filters.map((topic) => ({ topic, qos: 1 as const }));
  device.send({ cmd: "subscribe", messageId: 1, subscriptions });
  await device.next("suback");
  device.send({ cmd: "disconnect" });
  await device.closed;
}

/** Takes and acknowledges so many. */
async function take(device: RawClient, count: number): Promise<string[]> {
  const taken: string[] = [];
  for (let i = 0; i < count; i++) {
    const { payload, messageId } = await device.next("publish");
    device.send({ cmd: "puback", messageId: messageId! });
    taken.push(`${payload}`);
  }
  return taken;
}

describe("a device that sleeps", () => {
  test("finds its commands when it wakes, in order, once", async () => {
    const door = await openDoor();
    await sleepingDevice(door);
    for (const each of ["open", "wait", "close"]) await door.broker.publish(command, each);
    expect(door.broker.usage().queued.messages).toBe(3);
    const awake = await door.rawDevice("n-1", { clean: false });
    expect(await take(awake, 3)).toEqual(["open", "wait", "close"]);
    await until(() => door.broker.usage().queued.messages === 0);
  });

  test("finds them after a restart of the broker too, older ones before newer ones", async () => {
    const sessionsFile = join(temporaryFolder(), "sessions.db");
    const first = await openDoor({ sessionsFile });
    await sleepingDevice(first);
    await first.broker.publish(command, "1");
    await first.broker.publish(command, "2");
    await first.broker.close();
    const second = await openDoor({ sessionsFile });
    await second.broker.publish(command, "3");
    await second.broker.close();
    const third = await openDoor({ sessionsFile });
    await third.broker.publish(command, "4");
    const awake = await third.rawDevice("n-1", { clean: false });
    expect(await take(awake, 4)).toEqual(["1", "2", "3", "4"]);
  });

  test("gets what it had not acknowledged again, marked as a repetition and under the same identifier", async () => {
    const sessionsFile = join(temporaryFolder(), "sessions.db");
    const first = await openDoor({ sessionsFile });
    await sleepingDevice(first);
    await first.broker.publish(command, "irrigate");
    const awake = await first.rawDevice("n-1", { clean: false });
    const once = await awake.next("publish");
    expect(once.dup).toBe(false);
    awake.socket.destroy();
    await until(() => !first.broker.connected("n-1"));
    const again = await first.rawDevice("n-1", { clean: false });
    const twice = await again.next("publish");
    expect(twice).toMatchObject({ dup: true, messageId: once.messageId });
    await first.broker.close();

    const second = await openDoor({ sessionsFile });
    const afterRestart = await second.rawDevice("n-1", { clean: false });
    expect(await afterRestart.next("publish")).toMatchObject({ dup: true, messageId: once.messageId });
  });

  test("is not overtaken: what is sent while it wakes comes after what has waited", async () => {
    const door = await openDoor();
    await sleepingDevice(door);
    const waited = Array.from({ length: 50 }, (_, i) => `old ${i}`);
    await Promise.all(waited.map((each) => door.broker.publish(command, each)));
    const awake = await door.raw();
    const login = { clientId: "n-1", username: "n-1", password: "secret of n-1", clean: false };
    awake.connect(login);
    await until(() => door.broker.connected("n-1"));
    const fresh = Array.from({ length: 50 }, (_, i) => `new ${i}`);
    await Promise.all(fresh.map((each) => door.broker.publish(command, each)));
    await until(() => new Set(payloads(awake)).size === 100);
    expect([...new Set(payloads(awake))]).toEqual([...waited, ...fresh]);
    expect(awake.received[0]?.cmd).toBe("connack");
  });

  test("keeps so many commands as are allowed, the newest", async () => {
    const door = await openDoor({ settings: { limits: { maxQueuedMessages: 2 } } });
    await sleepingDevice(door);
    for (const each of ["1", "2", "3"]) await door.broker.publish(command, each);
    expect(door.broker.usage().queued).toMatchObject({ messages: 2, dropped: 1 });
    const awake = await door.rawDevice("n-1", { clean: false });
    expect(await take(awake, 2)).toEqual(["2", "3"]);
  });

  test("keeps so many bytes as are allowed", async () => {
    const door = await openDoor({ settings: { limits: { maxQueuedBytes: 100 } } });
    await sleepingDevice(door);
    for (const each of ["a", "b", "c"]) await door.broker.publish(command, each.repeat(40));
    expect(door.broker.usage().queued).toMatchObject({ messages: 2, dropped: 1 });
  });

  test("is not sent what has waited too long, and is forgotten when it stays away", async () => {
    let nowMs = 0;
    const settings = { queuedExpiryMs: 100_000, sessionExpiryMs: 1_000_000 };
    const door = await openDoor({ settings, now: () => nowMs });
    await sleepingDevice(door);
    await door.broker.publish(command, "stale");
    nowMs = 60_000;
    await door.broker.publish(command, "good");
    nowMs = 120_000;
    door.broker.tick(nowMs);
    expect(door.broker.usage().queued).toMatchObject({ messages: 1, expired: 1 });
    nowMs = 1_000_001;
    door.broker.tick(nowMs);
    expect(door.broker.usage()).toMatchObject({ sessions: 0, queued: { messages: 0 } });
  });

  test("a device that stays connected for longer than the expiry keeps its session through a restart", async () => {
    let nowMs = 0;
    const sessionsFile = join(temporaryFolder(), "sessions.db");
    const options = { sessionsFile, settings: { sessionExpiryMs: 1_000 }, now: () => nowMs };
    const first = await openDoor(options);
    await sleepingDevice(first);
    await first.rawDevice("n-1", { clean: false });
    nowMs = 3_600_000;
    first.broker.tick(nowMs);
    expect(first.broker.usage().sessions).toBe(1);
    await first.broker.close();
    const second = await openDoor(options);
    nowMs += 999;
    second.broker.tick(nowMs);
    expect(second.broker.usage().sessions).toBe(1);
  });

  test("a clean session leaves nothing of the old one", async () => {
    const door = await openDoor();
    await sleepingDevice(door);
    await door.broker.publish(command, "old");
    const device = await door.rawDevice("n-1", { clean: true });
    device.send({ cmd: "pingreq" });
    await device.next("pingresp");
    expect(payloads(device)).toEqual([]);
    expect(door.broker.usage()).toMatchObject({ sessions: 0, queued: { messages: 0 } });
  });

  test("does not find what it was refused to hear, though it asked for both in one breath", async () => {
    const door = await openDoor();
    await sleepingDevice(door, ["canhdong/v1/n-2/command", "canhdong/v1/+/command", command]);
    await door.broker.publish("canhdong/v1/n-2/command", "not for n-1");
    await door.broker.publish(command, "for n-1");
    expect(door.broker.usage().queued.messages).toBe(1);
  });
});

describe("what a service sends", () => {
  test("is acknowledged when it is on disk: a broker that dies right then still delivers it", async () => {
    const sessionsFile = join(temporaryFolder(), "sessions.db");
    const door = await openDoor({ sessionsFile, services: { irrigation: everything } });
    await sleepingDevice(door);
    const service = await door.service("irrigation");
    await service.publishAsync(command, "irrigate", { qos: 1 });
    // Another process that opens the file sees what this one has committed, and only that.
    const { DatabaseSync } = await import("node:sqlite");
    const db = new DatabaseSync(sessionsFile, { readOnly: true });
    const rows = db.prepare("SELECT client, topic, payload FROM queued").all();
    db.close();
    expect(
      rows.map(({ client, topic, payload }) => [client, topic, `${Buffer.from(payload as Uint8Array)}`]),
    ).toEqual([["n-1", command, "irrigate"]]);
  });

  test("by two subscriptions of one session that overlap is one message", async () => {
    const door = await openDoor({ services: { grafana: everything } });
    const service = await door.service("grafana", { clean: false });
    await service.subscribeAsync(["canhdong/v1/n-1/command", "canhdong/v1/+/command"], { qos: 1 });
    await service.endAsync();
    await door.broker.publish(command, "once");
    expect(door.broker.usage().queued.messages).toBe(1);
  });
});

describe("settings, retained", () => {
  test("are there after a restart, the last of each topic", async () => {
    const sessionsFile = join(temporaryFolder(), "sessions.db");
    const first = await openDoor({ sessionsFile });
    const retain = { retain: true };
    await first.broker.publish("canhdong/v1/n-1/config", "old", retain);
    await first.broker.publish("canhdong/v1/n-1/config", "new", retain);
    await first.broker.publish("canhdong/v1/n-2/config", "gone", retain);
    await first.broker.publish("canhdong/v1/n-2/config", "", retain);
    await first.broker.close();
    const second = await openDoor({ sessionsFile });
    expect(second.broker.usage().retained).toMatchObject({ messages: 1, bytes: 3 });
    const device = await second.rawDevice("n-1");
    const subscriptions = [{ topic: "canhdong/v1/n-1/config", qos: 1 as const }];
    device.send({ cmd: "subscribe", messageId: 1, subscriptions });
    expect(await device.next("publish")).toMatchObject({ retain: true, payload: Buffer.from("new") });
  });

  test("beyond the limits are delivered but not kept, and the older one does not pass for the newest", async () => {
    const door = await openDoor({
      settings: { limits: { maxRetainedPayloadBytes: 3, maxRetainedMessages: 1 } },
    });
    const retain = { retain: true };
    await door.broker.publish("canhdong/v1/n-1/config", "abc", retain);
    await door.broker.publish("canhdong/v1/n-2/config", "abc", retain);
    expect(door.broker.usage().retained).toEqual({ messages: 1, bytes: 3, refused: 1 });
    await door.broker.publish("canhdong/v1/n-1/config", "abcd", retain);
    expect(door.broker.usage().retained).toEqual({ messages: 0, bytes: 0, refused: 2 });
  });

  test("the wills of those who were connected when the broker died are told at the next start", async () => {
    const folder = temporaryFolder();
    const sessionsFile = join(folder, "sessions.db");
    const first = await openDoor({ sessionsFile });
    const device = await first.raw();
    const will = {
      topic: "canhdong/v1/n-1/status",
      payload: Buffer.from("offline"),
      qos: 1,
      retain: true,
    } as const;
    device.connect({ clientId: "n-1", username: "n-1", password: "secret of n-1", will });
    await device.next("connack");
    // A retained message that is awaited takes the will to the disk with it.
    await first.broker.publish("canhdong/v1/n-2/config", "x", { retain: true });
    // What a killed process leaves behind: the file and its log as they are now.
    const { copyFileSync } = await import("node:fs");
    const left = join(folder, "left.db");
    copyFileSync(sessionsFile, left);
    copyFileSync(`${sessionsFile}-wal`, `${left}-wal`);
    const second = await openDoor({ sessionsFile: left, services: { grafana: everything } });
    const grafana = await second.service("grafana");
    const message = new Promise((resolve) =>
      grafana.once("message", (_topic, payload) => resolve(`${payload}`)),
    );
    await grafana.subscribeAsync("canhdong/v1/n-1/status");
    expect(await message).toBe("offline");
  });

  test("ten thousand of them do not slow a device down that asks for its own", async () => {
    const door = await openDoor();
    const all = Array.from({ length: 10_000 }, (_, i) => `canhdong/v1/n-${i}/config`);
    await Promise.all(all.map((topic) => door.broker.publish(topic, topic, { retain: true })));
    const ids = Array.from({ length: 200 }, (_, i) => `n-${i * 7}`);
    const devices = await Promise.all(ids.map((id) => door.rawDevice(id)));
    const got = await Promise.all(
      devices.map(async (device, i) => {
        const subscriptions = [{ topic: `canhdong/v1/${ids[i]}/config`, qos: 0 as const }];
        device.send({ cmd: "subscribe", messageId: 1, subscriptions });
        return `${(await device.next("publish")).payload}`;
      }),
    );
    expect(got).toEqual(ids.map((id) => `canhdong/v1/${id}/config`));
    expect(door.broker.connectedDevices()).toBe(200);
  });
});

test("nothing can be published to what is no topic", async () => {
  const door = await openDoor();
  for (const topic of ["", "a/+", "a/#", "$SYS/x", "a\0b", "1/2/3/4/5/6/7/8/9"]) {
    await expect(door.broker.publish(topic, "x"), topic).rejects.toThrow(RangeError);
  }
});

function payloads(client: RawClient): string[] {
  return client.received.flatMap((packet) => (packet.cmd === "publish" ? [`${packet.payload}`] : []));
}
