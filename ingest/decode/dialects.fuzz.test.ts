/**
 * Plays with what other systems send: takes a sound uplink of each dialect, puts hostile things in the places of its
 * members or cuts, flips and doubles its bytes, and looks at what comes out. Whatever arrives: nothing throws, each reading
 * is plausible and somebody's who may have sent it, each rejection says why. A failure names the payload.
 */
import { describe, expect, test } from "vitest";
import { quantityOf } from "../../devices/index.ts";
import type { Decoded } from "./decoded.ts";
import { amountIn } from "./measures/amount.ts";
import { createDice, type Dice } from "./test-dice.ts";
import { base64Of, decoderOf, receivedAtMs, uplinkOf } from "./test-uplinks.ts";

const registry = {
  "dat-1": { devEui: "a84041000181c061", model: "dragino-lse01", mountingHeightCm: 250 },
  "node-1": { mountingHeightCm: 250 },
  "cong-1": {},
  "con-1": { gateway: "cong-1" },
  "con-2": { gateway: "cong-2" },
};
const decoder = decoderOf(registry);
const devices = new Set(Object.keys(registry));

const now = new Date(receivedAtMs).toISOString();
const lse01 = base64Of("CE29 00F1 07A5 099B 6E28 90");

interface Game {
  readonly publisher: string;
  readonly topic: string;
  readonly body: unknown;
  /** Who may appear in what comes out. */
  readonly speakers: readonly string[];
}

const games: readonly Game[] = [
  {
    publisher: "service:chirpstack",
    topic: "application/a/device/a84041000181c061/event/up",
    speakers: ["dat-1"],
    body: {
      time: now,
      deviceInfo: { devEui: "a84041000181c061", tags: {} },
      ...{ fCnt: 4711, fPort: 2, data: lse01, object: { water_SOIL: "19.57" } },
      rxInfo: [{ gatewayId: "0016c001f153a14c", nsTime: now, rssi: -97, snr: 7.5 }],
      txInfo: { frequency: 921400000, modulation: { lora: { bandwidth: 125000, spreadingFactor: 9 } } },
    },
  },
  {
    publisher: "service:chirpstack",
    topic: "application/a/device/a84041000181c061/event/status",
    speakers: ["dat-1"],
    body: { time: now, margin: 10, externalPowerSource: false, batteryLevel: 75.2 },
  },
  ...["dat-1", "node-1"].map((device) => ({
    publisher: "intake:ttn",
    topic: `v3/farm@ttn/devices/${device}/up`,
    speakers: [device],
    body: {
      end_device_ids: { device_id: device },
      received_at: now,
      uplink_message: {
        ...{ f_port: 2, f_cnt: 5, frm_payload: lse01, received_at: now },
        normalized_payload: [{ time: now, soil: { moisture: 19.57, ec: 28.2, depth: 10 }, battery: 3.6 }],
        rx_metadata: [{ gateway_ids: { eui: "58A0CBFFFE802A34" }, rssi: -81, snr: 9.25 }],
        settings: { data_rate: { lora: { spreading_factor: 7 } }, frequency: "921800000" },
      },
    },
  })),
  {
    publisher: "node-1",
    topic: "v1/devices/me/telemetry",
    speakers: ["node-1"],
    body: [
      { ts: receivedAtMs, values: { temperature: 25, soil_ec: "57 uS/cm", distance_mm: 1332, mode: "x" } },
    ],
  },
  {
    publisher: "cong-1",
    topic: "v1/gateway/telemetry",
    speakers: ["cong-1", "con-1"],
    body: {
      "con-1": [{ ts: receivedAtMs, values: { temperature: 25, battery: 3.6 } }],
      "con-2": [{ ts: receivedAtMs, values: { temperature: 25 } }],
      "cong-1": [{ humidity: 80 }],
    },
  },
  {
    publisher: "node-1",
    topic: "tele/node-1/SENSOR",
    speakers: ["node-1"],
    body: {
      Time: now,
      "DS18B20-1": { Id: "01131B123456", Temperature: 28.4 },
      BME280: { Temperature: 31.4, Humidity: 73, Pressure: 1003.4 },
      SR04: { Distance: 83.2 },
      ...{ TempUnit: "C", PressureUnit: "hPa" },
    },
  },
  {
    publisher: "node-1",
    topic: "tele/node-1/STATE",
    speakers: ["node-1"],
    body: { Time: now, UptimeSec: 910, Wifi: { RSSI: 100, Signal: -49 } },
  },
  {
    publisher: "service:zigbee2mqtt",
    topic: "zigbee2mqtt/node-1",
    speakers: ["node-1"],
    body: {
      temperature: 27.3,
      soil_moisture: 43,
      battery: 97,
      voltage: 2995,
      linkquality: 120,
      last_seen: now,
    },
  },
  {
    publisher: "cong-1",
    topic: "canhdong/v1/cong-1/senml",
    speakers: ["cong-1", "con-1"],
    body: [
      { bn: "urn:dev:ow:10e2073a01080063:", bt: receivedAtMs / 1000, bu: "Cel", n: "temperature", v: 31.4 },
      { n: "humidity", u: "%RH", t: -10, v: 78.5, s: 3 },
      { bn: "con-1/", n: "soil.ec", u: "S/m", vs: "0.141" },
      { bn: "con-2/", n: "soil.ec", u: "S/m", v: 0.141 },
    ],
  },
];

const hostile: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1e308, -1e308, 1e-320, 2 ** 53, 32767, 65535, 327.67, -127, 85],
  ...[
    "",
    " ",
    "NaN",
    "24,5",
    "57 uS/cm",
    "1e999",
    "9".repeat(100),
    "\u202e\u0000",
    "\ud800",
    "x".repeat(5000),
  ],
  ...[[], {}, [[]], { v: 1 }, [null], { __proto__: 1 }, ["a", 1]],
  ...[
    "1970-01-01T00:00:00Z",
    "2036-02-07T06:28:16Z",
    7200,
    1e19,
    "constructor",
    "__proto__",
    "con-2",
    "C",
    "%",
  ],
  ...["////", "====", "AAAA", lse01, base64Of("CE29"), base64Of("FFFFFFFFFFFFFFFFFFFFFF")],
];
const names = [
  "__proto__",
  "constructor",
  "toString",
  "",
  "ts",
  "values",
  "n",
  "v",
  "bn",
  "data",
  "time",
  "x".repeat(300),
];

/** A copy of the body with something hostile in the place of some of its members, or beside them. */
function poisoned(found: unknown, dice: Dice): unknown {
  if (dice.chance(0.06)) return dice.oneOf(hostile);
  if (Array.isArray(found)) {
    const items = found.map((item) => poisoned(item, dice));
    return dice.chance(0.1) ? [...items, ...items, dice.oneOf(hostile)] : items;
  }
  if (typeof found !== "object" || found === null) return found;
  const entries = Object.entries(found)
    .filter(() => !dice.chance(0.04))
    .map(([name, value]) => [name, poisoned(value, dice)]);
  if (dice.chance(0.1)) entries.push([dice.oneOf(names), dice.oneOf(hostile)]);
  return Object.fromEntries(entries);
}

function mangled(bytes: Uint8Array, dice: Dice): Uint8Array {
  const mangled = [...bytes];
  for (let times = dice.below(4); times >= 0; times--) {
    const at = dice.below(mangled.length + 1);
    const how = dice.below(4);
    if (how === 0) mangled.length = at;
    else if (how === 1) mangled.splice(at, dice.below(8));
    else if (how === 2) mangled.splice(at, 0, dice.below(256), ...mangled.slice(at, at + dice.below(20)));
    else if (at < mangled.length) mangled[at]! ^= 1 << dice.below(8);
  }
  return Uint8Array.from(mangled);
}

function check(decoded: Decoded, speakers: readonly string[], payload: string): void {
  for (const { device, quantity, value, measuredAtMs } of decoded.readings) {
    const { plausible, sentinels } = quantityOf(quantity)!;
    const isSound = value >= plausible.min && value <= plausible.max && !sentinels.includes(value);
    expect([payload, device, quantity, value, isSound && speakers.includes(device)]).toEqual([
      ...[payload, device, quantity, value, true],
    ]);
    expect(Number.isInteger(measuredAtMs), payload).toBe(true);
  }
  for (const { reason, detail, device = speakers[0] } of decoded.rejections) {
    expect([payload, reason === "decoder-failed", detail.length <= 300]).toEqual([payload, false, true]);
    expect(devices.has(device!), payload).toBe(true);
  }
  for (const { device } of [...(decoded.links ?? []), ...(decoded.flags ?? [])]) {
    expect(speakers, payload).toContain(device);
  }
}

describe.each(games)("$topic", ({ publisher, topic, body, speakers }) => {
  const decode = (payload: Uint8Array) => decoder.decodeAfresh(uplinkOf(publisher, topic, payload));
  const encode = (found: unknown) => new TextEncoder().encode(JSON.stringify(found) ?? "null");

  test("as it should be, it is read", () => {
    expect(decode(encode(body)).readings.length).toBeGreaterThan(0);
  });

  test("poisoned members are refused by themselves", { timeout: 60_000 }, () => {
    const dice = createDice(3);
    let read = 0;
    for (let i = 0; i < 2000; i++) {
      const payload = encode(poisoned(body, dice));
      const decoded = decode(payload);
      check(decoded, speakers, new TextDecoder().decode(payload));
      read += decoded.readings.length;
    }
    expect(read).toBeGreaterThan(0);
  });

  test("mangled bytes are read or refused, and nothing else", { timeout: 60_000 }, () => {
    const dice = createDice(4);
    for (let i = 0; i < 2000; i++) {
      const payload = mangled(encode(body), dice);
      check(decode(payload), speakers, new TextDecoder().decode(payload));
    }
  });
});

test("a body as deep as its bytes is refused unread in every dialect", () => {
  for (const { publisher, topic } of games) {
    for (const body of ["[".repeat(200_000), '{"a":'.repeat(50_000)]) {
      const { rejections } = decoder.decodeAfresh(uplinkOf(publisher, topic, body));
      expect(rejections.some(({ reason }) => reason === "too-deep")).toBe(true);
    }
  }
});

test("mangled SenML in CBOR is read or refused, and nothing else", { timeout: 60_000 }, () => {
  const dice = createDice(6);
  const pack = Buffer.from(
    "82a4216a636f6e2d312f736f696c2300646d6f697374014143020ca400626563016353 2f6d02f94e00062902186300".replaceAll(
      " ",
      "",
    ),
    "hex",
  );
  for (let i = 0; i < 5000; i++) {
    const payload = dice.chance(0.3)
      ? Uint8Array.from({ length: dice.below(60) }, () => dice.below(256))
      : mangled(pack, dice);
    const decoded = decoder.decodeAfresh(uplinkOf("cong-1", "canhdong/v1/cong-1/senml-cbor", payload));
    check(decoded, ["cong-1", "con-1"], Buffer.from(payload).toString("hex"));
  }
});

test("each value that a ThingsBoard node sends is one reading or one rejection", { timeout: 60_000 }, () => {
  const dice = createDice(5);
  const words = ["temperature", "humidity", "soil_ec", "mode", "status", "constructor", "co2"];
  for (let i = 0; i < 5000; i++) {
    const values = Object.fromEntries(
      Array.from({ length: 1 + dice.below(5) }, () => [dice.oneOf(words), dice.oneOf(hostile)]),
    );
    const payload = JSON.stringify({ ts: receivedAtMs, values });
    const decoded = decoder.decodeAfresh(uplinkOf("node-1", "v1/devices/me/telemetry", payload));
    const isKnown = (name: string) => !["mode", "status", "constructor"].includes(name);
    const carried = Object.entries(JSON.parse(payload).values as object).filter(
      ([name, value]) => value !== null && (isKnown(name) || amountIn(value) !== null),
    );
    expect([payload, decoded.readings.length + decoded.rejections.length]).toEqual([payload, carried.length]);
  }
});
