/** LoRaWAN nodes behind simulated gateways on the real broker. */
import { expect, onTestFinished, test } from "vitest";
import { everything, openDoor, secretOf, until } from "../../../broker/testing/open-door.ts";
import { modelOf } from "../../../devices/index.ts";
import type { Trouble } from "../../faults/trouble.ts";
import { applicationId, downFilter } from "../../gateway/chirpstack-event.ts";
import { gatewayFilter } from "../../gateway/gateway-messages.ts";
import type { Gateway } from "../../gateway/gateways.ts";
import type { NodeKind } from "../../node/probes.ts";
import { createFleet, type Fleet, type FleetParts } from "../create-fleet.ts";
import { now } from "../testing/fixed-day.ts";
import type { LorawanAccount, LorawanParts } from "./create-lorawan.ts";
import type { LorawanDevice } from "./lora-post.ts";

const hour = 3_600_000;
const day = 24 * hour;
const commune = "Quảng Điền";
const hue = { latitude: 16.58, longitude: 107.5 };
const gateway: Gateway = { name: "UBND xã", eui: "02000000000000a1", commune, ...hue };

/** What the service account may do: what the platform's handbook says, and gateways besides. */
const rights = {
  publish: [`application/${applicationId}/#`, gatewayFilter],
  subscribe: [downFilter],
};

const models: readonly (readonly [model: string, kind: NodeKind])[] = [
  ["dragino-lse01", "soil"],
  ["milesight-em500-smtc", "soil"],
  ["dragino-wqs-lb", "pond"],
  ["milesight-gs301", "shed"],
  ["milesight-em300-th", "shed"],
  ["milesight-uc511", "soil"],
];
const devices: readonly LorawanDevice[] = models.map(([model, kind], i) => ({
  id: `lora-${i}`,
  devEui: `02000000000000b${i}`,
  model,
  kind,
  commune,
  place: { id: `place-${i}`, latitude: hue.latitude + 0.002 * i, longitude: hue.longitude },
}));
const lorawan: LorawanParts = {
  devices,
  gateways: [gateway],
  service: { name: "chirpstack", secret: secretOf("chirpstack") },
};

const openNetworkDoor = (more: Parameters<typeof openDoor>[0] = {}) =>
  openDoor({ ...more, services: { chirpstack: rights, watch: everything } });

function fleetOn(port: number, changed: Partial<FleetParts> = {}): Fleet {
  const fleet = createFleet({
    devices: [],
    lorawan,
    broker: { host: "127.0.0.1", port },
    seed: 1,
    startMs: now() - day,
    intervalMs: 600_000,
    outagesPerDay: 0,
    speed: 1e6,
    now,
    ...changed,
  });
  onTestFinished(() => fleet.stop().then(() => {}));
  fleet.start();
  return fleet;
}

const accountOf = (fleet: Fleet): LorawanAccount => fleet.account().lorawan!;

function expectBalanced({ sent, lost, acknowledged, inFlight, buffered, overwritten }: LorawanAccount): void {
  expect(sent).toBe(lost + acknowledged + inFlight + buffered + overwritten);
}

/** What came as `up` events: DevEUI, frame counter, time, bytes. */
const upsOf = (uplinks: readonly { topic: string; payload: Uint8Array }[]) =>
  uplinks
    .filter(({ topic }) => topic.endsWith("/event/up"))
    .map(({ topic, payload }) => ({ topic, ...JSON.parse(Buffer.from(payload).toString()) }));

test("a day of LoRaWAN nodes arrives as a network server's events, each frame once or twice, none of the future", async () => {
  const door = await openNetworkDoor();
  const fleet = fleetOn(door.broker.mqttPort);
  await until(() => fleet.account().isLive);
  const account = (await fleet.stop()).lorawan!;
  expectBalanced(account);
  expect(account).toMatchObject({ inFlight: 0, buffered: 0, overwritten: 0, resent: 0, refused: 0 });
  expect(account.acknowledged).toBeGreaterThanOrEqual(6 * 130);
  expect(new Set(door.uplinks.map(({ device }) => device))).toEqual(new Set(["service:chirpstack"]));
  const ups = upsOf(door.uplinks);
  expect(ups.length).toBe(account.acknowledged + account.duplicates);
  expect(new Set(ups.map(({ deduplicationId }) => deduplicationId)).size).toBe(account.acknowledged);
  for (const { devEui, model } of devices) {
    const own = ups.filter(({ topic }) => topic === `application/${applicationId}/device/${devEui}/event/up`);
    expect(own.length, devEui).toBeGreaterThan(100);
    for (const { fPort: port, data, time, rxInfo } of own) {
      const frame = { port, bytes: Buffer.from(data, "base64"), receivedAtMs: Date.parse(time) };
      expect(modelOf(model)!.decode(frame, { mountingHeightCm: 250 }).rejections).toEqual([]);
      expect(Date.parse(time)).toBeLessThanOrEqual(now());
      expect(rxInfo[0].gatewayId).toBe(gateway.eui);
    }
  }
});

test("two runs over the same hours send the same frames", async () => {
  const startMs = now() - 2 * day;
  const run = async () => {
    const door = await openNetworkDoor();
    const fleet = fleetOn(door.broker.mqttPort, { startMs });
    await until(() => fleet.account().isLive);
    await fleet.stop();
    const lines = upsOf(door.uplinks).filter(({ time }) => Date.parse(time) < startMs + day);
    return lines.map((line) => JSON.stringify(line)).sort();
  };
  const first = await run();
  expect(first.length).toBeGreaterThan(500);
  expect(await run()).toEqual(first);
});

test("while the gateway is down frames are lost in the air, and the report says so by trouble", async () => {
  const door = await openNetworkDoor();
  const startMs = now() - day;
  const span = (from: number, to: number) => ({ fromMs: startMs + from * hour, toMs: startMs + to * hour });
  const troubles: Trouble[] = [
    { kind: "gateway-down", gateway: gateway.name, ...span(2, 5) },
    { kind: "lightning", gateway: gateway.name, ...span(8, 14) },
    { kind: "power-cut", commune: "Phú Vang", ...span(1, 20) },
    { kind: "slow-network", commune, ...span(0, 20), latencyMs: 100 },
  ];
  const fleet = fleetOn(door.broker.mqttPort, { startMs, troubles });
  await until(() => fleet.account().isLive);
  const account = (await fleet.stop()).lorawan!;
  expectBalanced(account);
  const { "gateway-down": down, lightning, "power-cut": cut, ...others } = account.troubles;
  expect(others).toEqual({});
  expect(down).toMatchObject({ struck: 6, acknowledged: 0, duplicates: 0 });
  expect(down!.sent).toBeGreaterThanOrEqual(6 * 17);
  expect(down!.lost).toBe(down!.sent);
  expect(lightning!.lost).toBe(lightning!.sent);
  expect(cut).toMatchObject({ struck: 0, sent: 0 });
  const heardMs = upsOf(door.uplinks).map(({ time }) => Date.parse(time));
  const heardIn = (from: number, to: number) =>
    heardMs.filter((ms) => ms >= startMs + from * hour && ms < startMs + to * hour).length;
  expect([heardIn(2.01, 5), heardIn(8.01, 14)]).toEqual([0, 0]);
  expect(heardIn(5, 8)).toBeGreaterThan(50);
});

test("a gateway says that it is there, what it hears, and by its will that it is gone", async () => {
  const door = await openNetworkDoor();
  const watch = await door.service("watch");
  const said: { topic: string; body: Record<string, unknown> }[] = [];
  watch.on("message", (topic, payload) => said.push({ topic, body: JSON.parse(String(payload)) }));
  await watch.subscribeAsync(gatewayFilter, { qos: 1 });
  const startMs = now();
  const lostMs = startMs + 60_000;
  let aheadMs = 0;
  const fleet = fleetOn(door.broker.mqttPort, {
    startMs,
    speed: 1,
    now: () => now() + aheadMs,
    troubles: [{ kind: "lightning", gateway: gateway.name, fromMs: lostMs, toMs: lostMs + 30_000 }],
  });
  const states = () =>
    said.filter(({ topic }) => topic.endsWith("/state/conn")).map(({ body }) => body.state);
  await until(() => states().length === 1);
  aheadMs = 31_000;
  await until(() => said.some(({ topic }) => topic.endsWith("/event/stats")));
  expect(accountOf(fleet)).toMatchObject({ gateways: 1, gatewaysOnline: 1 });
  aheadMs = 61_000;
  await until(() => states().length === 2);
  expect(accountOf(fleet).gatewaysOnline).toBe(0);
  aheadMs = 91_000;
  await until(() => states().length === 3);
  expect(states()).toEqual(["ONLINE", "OFFLINE", "ONLINE"]);
  const stats = said.find(({ topic }) => topic === `as923_2/gateway/${gateway.eui}/event/stats`)!;
  expect(stats.body).toMatchObject({ gatewayId: gateway.eui, location: hue });
});

test("a valve hears its command after its next uplink, obeys, and the network tells both", async () => {
  const door = await openNetworkDoor();
  const watch = await door.service("watch");
  const valve = devices[5]!;
  const place = `application/${applicationId}/device/${valve.devEui}`;
  const startMs = now();
  let aheadMs = 0;
  const fleet = fleetOn(door.broker.mqttPort, {
    startMs,
    speed: 1,
    now: () => now() + aheadMs,
  });
  await until(() => accountOf(fleet).isConnected);
  const { port, bytes } = modelOf(valve.model)!.downlinks!.irrigate!.encode({ minutes: 30 });
  const id = "0192f7a1-5d1c-7d3a-9a4e-2f6f0c1b7e55";
  const data = Buffer.from(bytes).toString("base64");
  const command = { id, devEui: valve.devEui, confirmed: true, fPort: port, data };
  await watch.publishAsync(`${place}/command/down`, JSON.stringify(command), { qos: 1 });
  await until(() => accountOf(fleet).commands === 1);
  expect(accountOf(fleet).commandsHeard).toBe(0);
  // At least once: when the clock runs ahead of the broker's word, the network server says it again.
  const eventsOf = (event: string) => {
    const payloads = door.uplinks.filter(({ topic }) => topic === `${place}/event/${event}`);
    return [...new Set(payloads.map(({ payload }) => Buffer.from(payload).toString()))].map((text) =>
      JSON.parse(text),
    );
  };
  await until(() => {
    aheadMs += 5_000;
    return eventsOf("ack").length === 1;
  });
  expect(eventsOf("txack")).toMatchObject([{ queueItemId: id, gatewayId: gateway.eui, fCntDown: 0 }]);
  expect(eventsOf("ack")).toMatchObject([{ queueItemId: id, acknowledged: true, fCntDown: 0 }]);
  const open = eventsOf("up").map(({ fPort, data, time }) => {
    const frame = {
      port: fPort as number,
      bytes: Buffer.from(data, "base64"),
      receivedAtMs: Date.parse(time),
    };
    const { values } = modelOf(valve.model)!.decode(frame, { mountingHeightCm: null });
    return values.find(({ quantity }) => quantity === "valve.open")!.value;
  });
  expect(open.slice(0, 2)).toEqual([0, 1]);
  expect(accountOf(fleet)).toMatchObject({ commands: 1, commandsHeard: 1 });
});

test("what the broker did not acknowledge the network server sends again, and each frame counts once", async () => {
  const held: ((error: Error | null) => void)[] = [];
  let isHolding = true;
  const seen: string[] = [];
  const door = await openNetworkDoor({
    sink: {
      accept({ topic, payload }, accepted) {
        if (topic.endsWith("/up")) seen.push(JSON.parse(Buffer.from(payload).toString()).deduplicationId);
        if (isHolding) held.push(accepted);
        else setImmediate(accepted, null);
      },
    },
  });
  const fleet = fleetOn(door.broker.mqttPort, { startMs: now() - 2 * hour });
  await until(() => held.length > 20);
  isHolding = false;
  // A broker that cannot keep what it got closes the connection: the network server comes back with all of it.
  for (const accepted of held) accepted(new Error("the disk is full"));
  await until(() => fleet.account().isLive && accountOf(fleet).inFlight + accountOf(fleet).buffered === 0);
  const account = (await fleet.stop()).lorawan!;
  expectBalanced(account);
  expect(account.resent).toBeGreaterThan(0);
  expect(account.reconnects).toBeGreaterThanOrEqual(1);
  expect(new Set(seen).size).toBe(account.acknowledged);
  expect(seen.length).toBeGreaterThan(account.acknowledged);
});

test("a stolen node sends from where the thief put it up, and the frames say so", async () => {
  const startMs = now() - day;
  const soil = devices[0]!;
  const far = { ...devices[1]!, place: { id: "far", latitude: 21.8, longitude: 106.7 } };
  const door = await openNetworkDoor();
  const fleet = fleetOn(door.broker.mqttPort, {
    startMs,
    lorawan: { ...lorawan, devices: [soil, far] },
    troubles: [{ kind: "theft", device: soil.id, atMs: startMs + 12 * hour, toPlace: "far" }],
  });
  await until(() => fleet.account().isLive);
  expect((await fleet.stop()).lorawan!.troubles.theft!.struck).toBe(1);
  const meanOf = (fromMs: number) => {
    const moistures = upsOf(door.uplinks)
      .filter(({ topic, time }) => topic.includes(soil.devEui) && Date.parse(time) >= fromMs)
      .filter(({ time }) => Date.parse(time) < fromMs + 12 * hour)
      .map(({ fPort: port, data, time }) => {
        const frame = { port, bytes: Buffer.from(data, "base64"), receivedAtMs: Date.parse(time) };
        const { values } = modelOf(soil.model)!.decode(frame, { mountingHeightCm: null });
        return values.find(({ quantity }) => quantity === "soil.moisture")!.value;
      });
    return moistures.reduce((sum, value) => sum + value, 0) / moistures.length;
  };
  // Another parcel, another soil.
  expect(Math.abs(meanOf(startMs) - meanOf(startMs + 12.2 * hour))).toBeGreaterThan(1);
});

test("a theft to a place that nobody knows is refused with those there are", () => {
  const theft: Trouble = { kind: "theft", device: "lora-0", atMs: 0, toPlace: "nowhere" };
  const parts = { devices: [], lorawan, broker: { host: "127.0.0.1", port: 1 }, seed: 1, startMs: 0 };
  expect(() => createFleet({ ...parts, intervalMs: 60_000, now, troubles: [theft] })).toThrow(
    "theft: there is no place called nowhere; there are place-0, place-1",
  );
});

test("a network server that is refused says so, and does not hold time up", async () => {
  const door = await openNetworkDoor();
  const refused: string[] = [];
  const fleet = fleetOn(door.broker.mqttPort, {
    lorawan: { ...lorawan, service: { name: "chirpstack", secret: "wrong" } },
    intervalMs: 300_000,
    events: { refused: (name, why) => refused.push(`${name}: ${why}`) },
  });
  await until(() => fleet.account().isLive && refused.length >= 2);
  expect(refused).toContain("chirpstack: unknown device or wrong secret");
  expect(refused).toContain("gateway UBND xã: unknown device or wrong secret");
  const account = (await fleet.stop()).lorawan!;
  expectBalanced(account);
  expect(account.acknowledged).toBe(0);
  expect(account.buffered).toBeGreaterThan(6 * 250);
});
