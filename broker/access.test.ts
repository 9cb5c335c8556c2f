import { describe, expect, test } from "vitest";
import { mayRetain, maySubscribe, publicationOf } from "./access.ts";
import { everything, nextMessage, openDoor } from "./testing/open-door.ts";
import type { Visitor } from "./visit.ts";

const node: Visitor = { kind: "device", id: "n-1" };
const service = (publish: string[], subscribe: string[]): Visitor => ({
  kind: "service",
  id: "irrigation",
  rights: { publish, subscribe },
});

describe("what may be published", () => {
  test.each([
    ["canhdong/v1/n-1/telemetry", "uplink"],
    ["canhdong/v1/n-1/command/ack", "uplink"],
    ["canhdong/v1/n-1/config/reported", "uplink"],
    ["canhdong/v1/n-1/status", "status"],
  ])("a device says %s", (topic, kind) => {
    expect(publicationOf(node, topic)?.kind).toBe(kind);
  });

  test.each([
    "canhdong/v1/n-1/command",
    "canhdong/v1/n-1/config",
    "canhdong/v1/n-2/telemetry",
    "canhdong/v1/n-1/telemetry/",
    "canhdong/v1/n-1/telemetry/x",
    "canhdong/v1/n-1",
    "canhdong/v1/alerts/rice/n-1",
    "$SYS/broker/new/clients",
    "/canhdong/v1/n-1/telemetry",
    "canhdong/v1/n-1\ufffd/telemetry",
  ])("a device does not say %s", (topic) => {
    expect(publicationOf(node, topic)).toBeNull();
  });

  test("a service says what its filters cover, and nothing under $", () => {
    const irrigation = service(["canhdong/v1/+/command", "$SYS/#"], []);
    expect(publicationOf(irrigation, "canhdong/v1/n-1/command")).toEqual({ kind: "message" });
    expect(publicationOf(irrigation, "canhdong/v1/n-1/config")).toBeNull();
    expect(publicationOf(irrigation, "$SYS/x")).toBeNull();
    expect(publicationOf(service(["#"], []), "not\ufffdutf8")).toBeNull();
  });

  test.each([
    ["canhdong/v1/n-1/senml", "uplink"],
    ["canhdong/v1/n-1/senml-cbor", "uplink"],
    ["v1/devices/me/telemetry", "uplink"],
    ["v1/devices/me/attributes", "uplink"],
    ["v1/devices/me/attributes/request/7", "message"],
    ["v1/gateway/telemetry", "uplink"],
    ["v1/gateway/connect", "uplink"],
    ["tele/n-1/SENSOR", "uplink"],
    ["tele/n-1/STATE", "uplink"],
    ["tele/n-1/LWT", "status"],
    ["tele/n-1/INFO1", "message"],
    ["stat/n-1/RESULT", "message"],
  ])("a device with another system's firmware says %s", (topic, kind) => {
    const publication = publicationOf(node, topic);
    expect(publication?.kind).toBe(kind);
    if (publication?.kind === "uplink") expect(publication.device).toBe("n-1");
  });

  test.each([
    "tele/n-2/SENSOR",
    "cmnd/n-1/POWER",
    "v1/devices/me/rpc",
    "zigbee2mqtt/n-1",
    "application/a/device/0101010101010101/event/up",
    "v3/a@ttn/devices/n-1/up",
  ])("a device does not say %s in another system's manner", (topic) => {
    expect(publicationOf(node, topic)).toBeNull();
  });

  test.each([
    "application/a/device/0101010101010101/event/up",
    "application/a/device/0101010101010101/event/log",
    "v3/a@ttn/devices/n-1/up",
    "v1/gateway/telemetry",
    "zigbee2mqtt/chuồng gà/1",
    "tele/n-1/SENSOR",
  ])(
    "what a service says under %s is its own uplink: decoding finds out whose readings it carries",
    (topic) => {
      expect(publicationOf(service(["#"], []), topic)).toEqual({
        kind: "uplink",
        device: "service:irrigation",
      });
    },
  );

  test("a service stays within its filters in another system's manner, too", () => {
    const chirpstack = service(["application/1/#"], []);
    const up = (application: string) => `application/${application}/device/0101010101010101/event/up`;
    expect(publicationOf(chirpstack, up("1"))?.kind).toBe("uplink");
    expect(publicationOf(chirpstack, up("other"))).toBeNull();
  });

  test.each([
    "application/a/device/0101010101010101/command/down",
    "v3/a@ttn/devices/n-1/down/push",
    "zigbee2mqtt/bridge/state",
    "zigbee2mqtt/x/set",
    "zigbee2mqtt/x/availability",
  ])("%s is passed on, and no uplink", (topic) => {
    expect(publicationOf(service(["#"], []), topic)).toEqual({ kind: "message" });
  });

  test("a device retains only its status, a service only what is no uplink", () => {
    expect(mayRetain(node, publicationOf(node, "canhdong/v1/n-1/status")!)).toBe(true);
    expect(mayRetain(node, publicationOf(node, "canhdong/v1/n-1/telemetry")!)).toBe(false);
    const all = service(["#"], []);
    expect(mayRetain(all, publicationOf(all, "canhdong/v1/n-1/config")!)).toBe(true);
    expect(mayRetain(all, publicationOf(all, "canhdong/v1/n-1/telemetry")!)).toBe(false);
  });
});

describe("what may be listened to", () => {
  test.each(["canhdong/v1/n-1/command", "canhdong/v1/n-1/config"])("a device hears %s", (filter) => {
    expect(maySubscribe(node, filter)).toBe(true);
  });

  test.each([
    "#",
    "canhdong/v1/n-1/#",
    "canhdong/v1/+/command",
    "canhdong/v1/n-2/command",
    "canhdong/v1/n-1/telemetry",
    "$SYS/#",
    "$share/group/canhdong/v1/n-1/command",
  ])("a device does not hear %s", (filter) => {
    expect(maySubscribe(node, filter)).toBe(false);
  });

  test("a service hears what its filters cover, however it asks", () => {
    const dashboard = service([], ["canhdong/v1/+/status", "canhdong/v1/alerts/#"]);
    expect(maySubscribe(dashboard, "canhdong/v1/+/status")).toBe(true);
    expect(maySubscribe(dashboard, "canhdong/v1/n-1/status")).toBe(true);
    expect(maySubscribe(dashboard, "canhdong/v1/alerts/rice/+")).toBe(true);
    expect(maySubscribe(dashboard, "canhdong/v1/#")).toBe(false);
    expect(maySubscribe(dashboard, "canhdong/v1/+/telemetry")).toBe(false);
    expect(maySubscribe(service([], ["#"]), "$SYS/#")).toBe(false);
    expect(maySubscribe(service([], ["#"]), "a/b#")).toBe(false);
  });
});

describe("on the wire", () => {
  test("a refused subscription is told so with 0x80, the others of the packet are granted", async () => {
    const door = await openDoor();
    const device = await door.rawDevice("n-1");
    device.send({
      cmd: "subscribe",
      messageId: 1,
      subscriptions: [
        { topic: "canhdong/v1/n-1/command", qos: 1 },
        { topic: "canhdong/v1/+/command", qos: 1 },
        { topic: "$share/all/canhdong/v1/n-1/command", qos: 1 },
      ],
    });
    expect((await device.next("suback")).granted).toEqual([1, 0x80, 0x80]);
    expect(door.lines).toMatchObject([
      { reason: "subscribe", device: "n-1", filter: "canhdong/v1/+/command" },
      { reason: "subscribe", device: "n-1", filter: "$share/all/canhdong/v1/n-1/command" },
    ]);
  });

  test("a refused publish closes that connection and no other", async () => {
    const door = await openDoor();
    const stranger = await door.rawDevice("n-1");
    const neighbour = await door.device("n-2");
    stranger.send({
      ...{ cmd: "publish", messageId: 1, qos: 1, retain: false, dup: false },
      ...{ topic: "canhdong/v1/n-2/telemetry", payload: "forged" },
    });
    await stranger.closed;
    expect(stranger.received.map(({ cmd }) => cmd)).toEqual(["connack"]);
    await neighbour.publishAsync("canhdong/v1/n-2/telemetry", "true", { qos: 1 });
    expect(door.uplinks.map(({ payload }) => `${payload}`)).toEqual(["true"]);
    expect(door.lines).toMatchObject([
      { reason: "publish", device: "n-1", topic: "canhdong/v1/n-2/telemetry" },
    ]);
  });

  test("nobody can kick another by what Aedes says to itself under $SYS, a service with all rights neither", async () => {
    const door = await openDoor({ services: { root: everything } });
    const victim = await door.rawDevice("n-1");
    const attacker = await door.service("root");
    attacker.on("error", () => {});
    const closed = new Promise<void>((resolve) => attacker.once("close", () => resolve()));
    attacker.publish("$SYS/another-broker/new/clients", "n-1", { qos: 0 });
    await closed;
    victim.send({ cmd: "pingreq" });
    await victim.next("pingresp");
    expect(door.broker.connected("n-1")).toBe(true);
  });

  test("a thousand refusals are counted, but do not fill the log", async () => {
    const door = await openDoor({ now: () => 0 });
    const device = await door.rawDevice("n-1");
    const subscriptions = Array.from({ length: 100 }, (_, i) => ({ topic: `x/${i}`, qos: 0 as const }));
    device.send({ cmd: "subscribe", messageId: 1, subscriptions });
    await device.next("suback");
    expect(door.broker.usage().refusals.subscribe).toBe(100);
    expect(door.lines).toHaveLength(5);
  });

  test("a service has no more subscriptions than allowed", async () => {
    const settings = { limits: { maxSubscriptionsPerClient: 2 } };
    const door = await openDoor({ services: { grafana: everything }, settings });
    const client = await door.raw();
    client.connect({ clientId: "x", username: "grafana", password: "secret of grafana" });
    await client.next("connack");
    const subscriptions = ["a", "b", "c"].map((topic) => ({ topic, qos: 0 as const }));
    client.send({ cmd: "subscribe", messageId: 1, subscriptions });
    expect((await client.next("suback")).granted).toEqual([0, 0, 0x80]);
    client.send({ cmd: "unsubscribe", messageId: 2, unsubscriptions: ["a"] });
    await client.next("unsuback");
    client.send({ cmd: "subscribe", messageId: 3, subscriptions: [{ topic: "c", qos: 0 }] });
    expect((await client.next("suback")).granted).toEqual([0]);
  });

  test("a status is retained and seen by who comes later", async () => {
    const door = await openDoor({ services: { grafana: everything } });
    const device = await door.device("n-1");
    await device.publishAsync("canhdong/v1/n-1/status", '{"online":true}', { qos: 1, retain: true });
    const grafana = await door.service("grafana");
    const message = nextMessage(grafana);
    await grafana.subscribeAsync("canhdong/v1/+/status");
    expect(await message).toBe('canhdong/v1/n-1/status {"online":true}');
  });
});
