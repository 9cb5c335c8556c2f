/** Fleets on the real broker. Simulated time runs fast, real time comes from the machine. */
import { expect, onTestFinished, test } from "vitest";
import { everything, openDoor, secretOf, until } from "../../broker/testing/open-door.ts";
import { topicsOf } from "../../devices/index.ts";
import { nodeKinds } from "../node/probes.ts";
import {
  createFleet,
  type Fleet,
  type FleetAccount,
  type FleetDevice,
  type FleetParts,
} from "./create-fleet.ts";
import { now } from "./testing/fixed-day.ts";

const hour = 3_600_000;

const devices: readonly FleetDevice[] = Array.from({ length: 6 }, (_, i) => ({
  id: `node-${i}`,
  secret: secretOf(`node-${i}`),
  kind: nodeKinds[i % 3]!,
  place: { id: `place-${i >> 1}`, latitude: 16.5, longitude: 107.5 },
}));

function fleetOn(port: number, changed: Partial<FleetParts> = {}): Fleet {
  const fleet = createFleet({
    devices,
    broker: { host: "127.0.0.1", port },
    seed: 1,
    startMs: now() - 24 * hour,
    intervalMs: 300_000,
    speed: 1e6,
    now,
    ...changed,
  });
  onTestFinished(() => fleet.stop().then(() => {}));
  fleet.start();
  return fleet;
}

function expectBalanced(account: FleetAccount): void {
  const { measured, sent, acknowledged, inFlight, buffered, dropped } = account;
  expect(sent).toBe(acknowledged + inFlight);
  expect(measured).toBe(sent + buffered + dropped);
}

const itemsOf = (payload: Uint8Array) => [JSON.parse(Buffer.from(payload).toString())].flat();

test("a day in haste arrives whole: every measurement once, none of the future", async () => {
  const door = await openDoor();
  const fleet = fleetOn(door.broker.mqttPort, { outagesPerDay: 0 });
  await until(() => fleet.account().isLive);
  const account = await fleet.stop();
  expectBalanced(account);
  expect(account).toMatchObject({ inFlight: 0, buffered: 0, dropped: 0 });
  expect(account.measured).toBeGreaterThanOrEqual(6 * 288 * 6);
  for (const { id } of devices) {
    const items = door.uplinks
      .filter(({ device }) => device === id)
      .flatMap(({ payload }) => itemsOf(payload));
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i));
    expect(items.at(-1).ts).toBeLessThanOrEqual(now());
  }
});

test("two runs over the same hours bring the same measurements, however the network cut them into messages", async () => {
  const startMs = now() - 48 * hour;
  const until24 = startMs + 24 * hour;
  const run = async () => {
    const door = await openDoor();
    const fleet = fleetOn(door.broker.mqttPort, { startMs, outagesPerDay: 0.5 });
    await until(() => fleet.account().isLive);
    await fleet.stop();
    const items = door.uplinks.flatMap(({ device, payload }) =>
      itemsOf(payload).map((item) => `${device} ${JSON.stringify(item)}`),
    );
    // At least once: what was on its way when the network went comes twice.
    return [...new Set(items)]
      .filter((item) => JSON.parse(item.slice(item.indexOf(" "))).ts < until24)
      .sort();
  };
  const first = await run();
  expect(first.length).toBeGreaterThan(1_000);
  expect(await run()).toEqual(first);
});

test("an outage cuts the connection, and the backlog comes in arrays when it is over", async () => {
  const door = await openDoor();
  const fleet = fleetOn(door.broker.mqttPort, { outagesPerDay: 1, speed: 20_000 });
  await until(() => fleet.account().isLive);
  await until(() => fleet.account().connected === devices.length - fleet.account().withoutNetwork);
  const account = await fleet.stop();
  expectBalanced(account);
  expect(account.reconnects).toBeGreaterThan(0);
  expect(account.dropped).toBe(0);
  expect(door.uplinks.some(({ payload }) => itemsOf(payload).length > 1)).toBe(true);
});

test("a node does what it is told, says so, and changes its interval", async () => {
  const door = await openDoor({ services: { office: everything } });
  const office = await door.service("office");
  const { command, config } = topicsOf("node-0");
  const fleet = fleetOn(door.broker.mqttPort, {
    outagesPerDay: 0,
    startMs: now() - 2 * hour,
    speed: 3_000,
  });
  await until(() => fleet.account().connected === devices.length);
  const order = { id: "c1", name: "irrigate", args: { minutes: 10 } };
  await office.publishAsync(command, JSON.stringify(order), { qos: 1 });
  const settings = { revision: 7, settings: { interval_s: 60 } };
  await office.publishAsync(config, JSON.stringify(settings), { qos: 1, retain: true });
  const saidOn = (channel: string) =>
    door.uplinks
      .filter(({ topic }) => topic === `canhdong/v1/node-0/${channel}`)
      .flatMap((up) => itemsOf(up.payload));
  await until(() => saidOn("command/ack").length === 2 && saidOn("config/reported").length === 1);
  expect(saidOn("command/ack").map(({ id, state }) => [id, state])).toEqual([
    ["c1", "accepted"],
    ["c1", "done"],
  ]);
  expect(saidOn("config/reported")).toEqual([settings]);
  await until(() => fleet.account().isLive);
  await fleet.stop();
  const times = saidOn("telemetry").map(({ ts }) => ts);
  expect(times.at(-1) - times.at(-2)).toBe(60_000);
  expect(fleet.account().commands).toBe(1);
});

/** A clock that a test turns on: nothing waits for the machine. */
function turnedClock() {
  let aheadMs = 0;
  return { now: () => now() + aheadMs, turn: (ms: number) => (aheadMs += ms) };
}

test("a soil node sleeps between its uplinks, and hears on waking what was sent meanwhile", async () => {
  const door = await openDoor({ services: { office: everything } });
  const office = await door.service("office");
  const { now, turn } = turnedClock();
  const fleet = fleetOn(door.broker.mqttPort, {
    devices: devices.slice(0, 1),
    outagesPerDay: 0,
    startMs: now(),
    intervalMs: 600_000,
    speed: 1,
    now,
  });
  await until(() => turn(100) > 0 && fleet.account().asleep === 1);
  await until(() => !door.broker.connected("node-0"));
  const order = { id: "c1", name: "irrigate", args: { minutes: 1 } };
  await office.publishAsync(topicsOf("node-0").command, JSON.stringify(order), { qos: 1 });
  turn(600_000);
  await until(() => door.uplinks.some(({ topic }) => topic === topicsOf("node-0").commandAck));
  expect(fleet.account().reconnects).toBe(0);
});

test("a pond's node stays awake", async () => {
  const door = await openDoor();
  const { now, turn } = turnedClock();
  const fleet = fleetOn(door.broker.mqttPort, {
    devices: devices.slice(0, 2),
    outagesPerDay: 0,
    startMs: now(),
    intervalMs: 600_000,
    speed: 1,
    now,
  });
  await until(() => turn(100) > 0 && fleet.account().asleep === 1);
  expect(fleet.account().connected).toBe(1);
});

test("what was never acknowledged is in the account at the end", async () => {
  const held: ((error: Error) => void)[] = [];
  const door = await openDoor({ sink: { accept: (_, accepted) => void held.push(accepted) } });
  const nowMs = now();
  let lateMs = 0;
  const fleet = fleetOn(door.broker.mqttPort, {
    outagesPerDay: 0,
    startMs: nowMs - hour,
    // The goodbye waits by this clock: what will not come shall not be waited for here.
    now: () => now() + lateMs,
  });
  await until(() => held.length >= devices.length);
  lateMs = 5_000;
  const stopping = fleet.stop();
  lateMs = 11_000;
  const account = await stopping;
  expectBalanced(account);
  expect(account.acknowledged).toBe(0);
  expect(account.inFlight).toBeGreaterThan(0);
  for (const accepted of held) accepted(new Error("the disk never answered"));
});

test("a device that is refused does not hold the others up", async () => {
  const door = await openDoor();
  const refused: string[] = [];
  const [first, ...rest] = devices;
  const fleet = fleetOn(door.broker.mqttPort, {
    devices: [{ ...first!, secret: "wrong" }, ...rest],
    outagesPerDay: 0,
    flashItems: 5_000,
    intervalMs: 60_000,
    events: { refused: (device, why) => refused.push(`${device}: ${why}`) },
  });
  await until(() => fleet.account().isLive);
  expect(refused[0]).toBe("node-0: unknown device or wrong secret");
  const account = await fleet.stop();
  expectBalanced(account);
  expect(account.buffered).toBeGreaterThanOrEqual(1_430 * 6);
  expect(account.acknowledged).toBeGreaterThanOrEqual(5 * 1_430 * 6);
});

test("half-open connections, storms and restarts on a real broker lose nothing, and are in the report", async () => {
  const door = await openDoor();
  const startMs = now() - 6 * hour;
  const at = (hours: number) => startMs + hours * hour;
  const fleet = fleetOn(door.broker.mqttPort, {
    startMs,
    outagesPerDay: 0,
    speed: 20_000,
    devices: devices.map((device) => ({ ...device, commune: "Quảng Điền" })),
    troubles: [
      { kind: "half-open", device: "node-0", fromMs: at(1), toMs: at(2) },
      { kind: "network-down", commune: "Quảng Điền", fromMs: at(2), toMs: at(3) },
      { kind: "reconnect-storm", commune: "Quảng Điền", atMs: at(4) },
      { kind: "restart", device: "node-1", atMs: at(5) },
      { kind: "power-cut", commune: "Phú Vang", fromMs: at(1), toMs: at(5) },
    ],
  });
  await until(() => fleet.account().isLive);
  await until(() => fleet.account().buffered + fleet.account().inFlight === 0);
  const account = await fleet.stop();
  expectBalanced(account);
  const struck = Object.entries(account.troubles).map(([kind, record]) => [kind, record.struck]);
  expect(Object.fromEntries(struck)).toEqual({
    "half-open": 1,
    "network-down": 6,
    "reconnect-storm": 6,
    restart: 1,
    "power-cut": 0,
  });
  expect(account.reconnects).toBeGreaterThanOrEqual(devices.length);
  expect(account.latencyMs.median).toBeGreaterThanOrEqual(0);
  for (const { id } of devices) {
    const times = door.uplinks
      .filter(({ device, topic }) => device === id && topic.endsWith("/telemetry"))
      .flatMap(({ payload }) => itemsOf(payload))
      .map(({ ts }) => ts);
    expect(new Set(times).size, id).toBeGreaterThanOrEqual(72);
  }
});

test("a slow network delays acknowledgements and loses nothing, and missed ones bring the message again", async () => {
  const door = await openDoor();
  const startMs = now();
  const fleet = fleetOn(door.broker.mqttPort, {
    outagesPerDay: 0,
    startMs,
    intervalMs: 15_000,
    speed: 1,
    now: () => startMs + 20 * (now() - startMs),
    troubles: [
      {
        kind: "slow-network",
        device: "node-1",
        fromMs: startMs,
        toMs: startMs + 24 * hour,
        latencyMs: 4_000,
      },
      { kind: "missed-puback", device: "node-2", fromMs: startMs, toMs: startMs + 24 * hour, share: 0.5 },
    ],
  });
  await until(() => (fleet.account().troubles["slow-network"]?.acknowledged ?? 0) >= 3);
  await until(() => fleet.account().resent >= 2);
  const account = await fleet.stop();
  expectBalanced(account);
  expect(account.troubles["slow-network"]!.longestMs).toBeGreaterThanOrEqual(2 * 4_000);
  const payloads = door.uplinks
    .filter(({ device }) => device === "node-2")
    .map(({ payload }) => String(payload));
  expect(new Set(payloads).size).toBeLessThan(payloads.length);
});

test("a troubled place that nobody knows is refused with those there are", () => {
  const theft = { kind: "theft", device: "node-1", atMs: 0, toPlace: "nowhere" } as const;
  const parts = {
    devices,
    broker: { host: "127.0.0.1", port: 1 },
    seed: 1,
    startMs: 0,
    intervalMs: 60_000,
    now,
  };
  expect(() => createFleet({ ...parts, troubles: [theft] })).toThrow(
    "theft: there is no place called nowhere; there are place-0, place-1, place-2",
  );
});
