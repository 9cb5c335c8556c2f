import mqtt from "mqtt";
import { describe, expect, test } from "vitest";
import { type Door, everything, openDoor, secretOf } from "./testing/open-door.ts";

const services = { grafana: everything };

async function answerTo(door: Door, login: Parameters<Awaited<ReturnType<Door["raw"]>>["connect"]>[0]) {
  const client = await door.raw();
  client.connect(login);
  const { returnCode } = await client.next("connack");
  if (returnCode !== 0) await client.closed;
  return returnCode;
}

describe("who may come in", () => {
  test("a device with its id and its secret", async () => {
    const door = await openDoor();
    expect(await answerTo(door, { clientId: "n-1", username: "n-1", password: secretOf("n-1") })).toBe(0);
    expect(door.broker.connected("n-1")).toBe(true);
    expect(door.broker.connectedDevices()).toBe(1);
  });

  test("not a device with a wrong secret, and the secret is in no log", async () => {
    const door = await openDoor();
    expect(await answerTo(door, { clientId: "n-1", username: "n-1", password: "guessed it" })).toBe(4);
    expect(door.broker.connected("n-1")).toBe(false);
    expect(door.lines).toMatchObject([{ reason: "credentials", clientId: "n-1", address: "127.0.0.1" }]);
    expect(JSON.stringify(door.lines)).not.toContain("guessed it");
    expect(door.broker.usage().refusals.credentials).toBe(1);
  });

  test("not a device whose client id is another's", async () => {
    const door = await openDoor();
    expect(await answerTo(door, { clientId: "n-2", username: "n-1", password: secretOf("n-1") })).toBe(2);
    expect(door.lines[0]?.message).toBe('the client id of a device must be its user name, "n-1"');
  });

  test("not one without user name, even with a known client id", async () => {
    const door = await openDoor();
    expect(await answerTo(door, { clientId: "n-1" })).toBe(4);
    expect(door.lines[0]?.message).toMatch(/user name or password is missing/);
  });

  test("not one without client id, which could never find its session again", async () => {
    const door = await openDoor();
    const login = { clientId: "", username: "n-1", password: secretOf("n-1") };
    expect(await answerTo(door, login)).toBe(2);
    expect(door.lines[0]?.message).toMatch(/client id is empty/);
  });

  test("a service under any client id, which takes no device's place", async () => {
    const door = await openDoor({ services });
    await door.rawDevice("n-1");
    const login = { clientId: "n-1", username: "grafana", password: secretOf("grafana") };
    expect(await answerTo(door, login)).toBe(0);
    expect(door.broker.connected("n-1")).toBe(true);
    expect(door.broker.connectedDevices()).toBe(1);
  });

  test("MQTT 5 is told in its own words that 3.1.1 is spoken here", async () => {
    const door = await openDoor();
    const client = await door.raw();
    client.sendBytes(Buffer.from([0x10, 15, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 60, 0, 0, 2, 0x6e, 0x31]));
    await client.closed;
    expect(client.received).toMatchObject([{ cmd: "connack", returnCode: 1 }]);
    expect(door.broker.usage().refusals["protocol-version"]).toBe(1);
  });
});

describe("the last will", () => {
  const will = (topic: string) => ({ topic, payload: Buffer.from("gone"), qos: 1 as const, retain: true });
  const login = { clientId: "n-1", username: "n-1", password: secretOf("n-1") };

  test.each([
    ["of another device", "canhdong/v1/n-2/status"],
    ["as telemetry", "canhdong/v1/n-1/telemetry"],
    ["under $SYS", "$SYS/x/new/clients"],
  ])("is refused %s", async (_, topic) => {
    const door = await openDoor();
    expect(await answerTo(door, { ...login, will: will(topic) })).toBe(5);
    expect(door.broker.usage().refusals.will).toBe(1);
  });

  test("is refused with an empty topic", async () => {
    const door = await openDoor();
    const client = await door.raw();
    const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
    const fields = ["n-1", "", "gone", "n-1", secretOf("n-1")].map(text);
    const willUserAndPassword = 0b1100_0110;
    const body = Buffer.concat([text("MQTT"), Buffer.from([4, willUserAndPassword, 0, 0]), ...fields]);
    client.sendBytes(Buffer.concat([Buffer.from([0x10, body.length]), body]));
    expect((await client.next("connack")).returnCode).toBe(5);
  });

  test("is told and retained when the device is cut off, and not when it says good-bye", async () => {
    const door = await openDoor({ services });
    const watcher = await door.service("grafana");
    const seen: string[] = [];
    watcher.on("message", (topic, payload) => seen.push(`${topic} ${payload}`));
    await watcher.subscribeAsync("canhdong/v1/+/status", { qos: 1 });

    const polite = await door.raw();
    polite.connect({ ...login, will: will("canhdong/v1/n-1/status") });
    await polite.next("connack");
    polite.send({ cmd: "disconnect" } as never);
    await polite.closed;

    const cut = await door.raw();
    cut.connect({ ...login, will: will("canhdong/v1/n-1/status") });
    await cut.next("connack");
    const told = new Promise((resolve) => watcher.once("message", resolve));
    cut.socket.destroy();
    await told;
    expect(seen).toEqual(["canhdong/v1/n-1/status gone"]);
    expect(door.broker.usage().retained.messages).toBe(1);
  });
});

describe("coming again", () => {
  test("the newer connection of a device replaces the older, and the device stays present", async () => {
    const door = await openDoor();
    const changes: [string, boolean][] = [];
    door.broker.onPresence((device, connected) => changes.push([device, connected]));
    const older = await door.rawDevice("n-1");
    const newer = await door.rawDevice("n-1");
    await older.closed;
    expect(door.broker.connected("n-1")).toBe(true);
    newer.send({ cmd: "pingreq" } as never);
    await newer.next("pingresp");
    expect(changes).toEqual([
      ["n-1", true],
      ["n-1", false],
      ["n-1", true],
    ]);
    expect(door.broker.usage().refusals.replaced).toBe(1);
  });

  test("fifty at once with one id leave one, and the count is right", async () => {
    const door = await openDoor({ settings: { flapping: { maxConnects: 100 } } });
    const clients = await Promise.all(Array.from({ length: 50 }, () => door.rawDevice("n-1")));
    let open = clients.length;
    for (const client of clients) void client.closed.then(() => open--);
    await expect.poll(() => open).toBe(1);
    expect(door.broker.connectedDevices()).toBe(1);
  });

  test("one that comes over and over is kept out for a while, its neighbour is not", async () => {
    let nowMs = 0;
    const settings = { flapping: { maxConnects: 3, windowMs: 60_000, banMs: 30_000 } };
    const door = await openDoor({ settings, now: () => nowMs });
    const login = { clientId: "n-1", username: "n-1", password: secretOf("n-1") };
    const codes = [];
    for (let i = 0; i < 5; i++) codes.push(await answerTo(door, login));
    expect(codes).toEqual([0, 0, 0, 3, 3]);
    await door.rawDevice("n-2");
    nowMs = 30_001;
    expect(await answerTo(door, login)).toBe(0);
  });

  test("a node that says goodbye after each uplink may come as often as it likes", async () => {
    const door = await openDoor({ settings: { flapping: { maxConnects: 3 } } });
    const options = { clientId: "n-1", username: "n-1", password: secretOf("n-1"), reconnectPeriod: 0 };
    for (let i = 0; i < 10; i++) {
      const node = await mqtt.connectAsync(`mqtt://127.0.0.1:${door.broker.mqttPort}`, options, false);
      const gone = expect.poll(() => door.broker.connected("n-1")).toBe(false);
      await node.endAsync();
      await gone;
    }
  });

  test("guessing secrets does not keep the rightful device out", async () => {
    const door = await openDoor({ settings: { flapping: { maxConnects: 3 } } });
    for (let i = 0; i < 5; i++) await answerTo(door, { clientId: "n-1", username: "n-1", password: "x" });
    await door.rawDevice("n-1");
  });

  test("a dismissed device is cut", async () => {
    const door = await openDoor();
    const client = await door.rawDevice("n-1");
    door.broker.disconnect("n-1", "secret rotated");
    await client.closed;
    expect(door.lines).toMatchObject([{ reason: "dismissed", device: "n-1", why: "secret rotated" }]);
  });
});

test("mqtt.js is told the code of its refusal", async () => {
  const door = await openDoor();
  const options = { clientId: "n-1", username: "n-1", password: "wrong", reconnectPeriod: 0 };
  const connecting = mqtt.connectAsync(`mqtt://127.0.0.1:${door.broker.mqttPort}`, options, false);
  await expect(connecting).rejects.toMatchObject({ code: 4 });
});
