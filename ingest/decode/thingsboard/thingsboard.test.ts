import { expect, test } from "vitest";
import { decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const decoder = decoderOf({
  "kk-1": {},
  "ao-1": { model: "water-probe" },
  "dat-1": { model: "soil-probe" },
  "cua-1": { gateway: null, mountingHeightCm: 250 },
  "cong-1": {},
  "con-1": { gateway: "cong-1" },
  "con-2": { gateway: "cong-1", model: "soil-probe" },
  "con-3": { gateway: "cong-2" },
  "con-4": { gateway: "cau-noi" },
});

function decode(body: unknown, { device = "kk-1", channel = "devices/me/telemetry" } = {}) {
  return decoder.decodeAfresh(uplinkOf(device, `v1/${channel}`, body));
}

test("the publisher is the device, and names are the catalogue's or usual words", () => {
  const decoded = decode({
    temperature: 31.4,
    humidity: "78.5",
    "air.co2": 612,
    soilMoisture: 33,
    battery_mv: 3612,
  });
  expect(told(decoded)).toEqual([
    "kk-1 air.temperature 31.4",
    "kk-1 air.relativeHumidity 78.5",
    "kk-1 air.co2 612",
    "kk-1 soil.moisture 33",
    "kk-1 power.battery 3.612",
  ]);
  expect(decoded.readings.every(({ measuredAtMs }) => measuredAtMs === receivedAtMs)).toBe(true);
});

test("what a bare temperature is the temperature of, the registry's model tells", () => {
  const body = { temperature: 27.5, ph: 7.9, ec: "1410 uS/cm" };
  expect(told(decode(body, { device: "ao-1" }))).toEqual([
    "ao-1 water.temperature 27.5",
    "ao-1 water.ph 7.9",
    "ao-1 water.ec 1410",
  ]);
  expect(told(decode(body, { device: "dat-1" }))).toEqual([
    "dat-1 soil.temperature 27.5",
    "dat-1 soil.pH 7.9",
    "dat-1 soil.ec 1.41",
  ]);
});

test("a word that could be two things is refused by itself, and the others are read", () => {
  const decoded = decode({ temperature: 27.5, ph: 7.9 });
  expect(told(decoded)).toEqual(["kk-1 air.temperature 27.5"]);
  expect(refused(decoded)).toEqual(["unknown-quantity ph"]);
});

test("with a time, or in an array, each keeps its own time", () => {
  const at = (ageMs: number, temperature: number) => ({ ts: receivedAtMs - ageMs, values: { temperature } });
  const decoded = decode([at(7_200_000, 25), at(3_600_000, 26), at(1000, 27)]);
  expect(
    decoded.readings.map(({ measuredAtMs, value, live }) => [receivedAtMs - measuredAtMs, value, live]),
  ).toEqual([
    [7_200_000, 25, false],
    [3_600_000, 26, false],
    [1000, 27, true],
  ]);
});

test("an array of bare objects is one measurement; a name that stands twice in it is refused", () => {
  const decoded = decode([{ temperature: 25 }, { humidity: 80 }, { temperature: 26 }]);
  expect(told(decoded)).toEqual(["kk-1 air.temperature 25", "kk-1 air.relativeHumidity 80"]);
  expect(refused(decoded)).toEqual(["wrong-shape air.temperature"]);
  expect(decoded.rejections[0]?.detail).toBe("[2].temperature: stands twice for the same time");
});

test("a clock that cannot be believed costs every value of its item", () => {
  const decoded = decode([
    { ts: 7200, values: { temperature: 25, humidity: null } },
    { ts: receivedAtMs, values: { temperature: 26 } },
  ]);
  expect(told(decoded)).toEqual(["kk-1 air.temperature 26"]);
  expect(refused(decoded)).toEqual(["clock-implausible temperature"]);
});

test("words and switches are states; a word under a quantity's name is no number", () => {
  const decoded = decode({ status: "ok", pump: true, location: { lat: 18 }, temperature: "hot", mode: 3 });
  expect(told(decoded)).toEqual([]);
  expect(refused(decoded)).toEqual(["not-a-number air.temperature", "unknown-quantity mode"]);
});

test("the end of a 16-bit integer is no value in any unit", () => {
  const decoded = decode({ soil_ec: "32767 uS/cm", distance_mm: 65535, soil_temperature: "327.67 °C" });
  expect(told(decoded)).toEqual([]);
  expect(refused(decoded)).toEqual([
    "sentinel soil.ec",
    "sentinel water.distance",
    "sentinel soil.temperature",
  ]);
});

test("battery is volts up to 5, and percent above", () => {
  expect(told(decode({ battery: 3.61 }))).toEqual(["kk-1 power.battery 3.61"]);
  expect(told(decode({ battery: 87 }))).toEqual(["kk-1 power.batteryPercent 87"]);
  expect(told(decode({ battery: "4 %" }))).toEqual(["kk-1 power.batteryPercent 4"]);
});

test("a distance becomes a level by the mounting height", () => {
  expect(told(decode({ distance_mm: 1332 }, { device: "cua-1" }))).toEqual([
    "cua-1 water.distance 1.332",
    "cua-1 water.level 1.168",
  ]);
});

test.each([
  ["7", "wrong-shape"],
  ['"x"', "wrong-shape"],
  ["[7]", "wrong-shape"],
  ["[]", "empty"],
  ["{}", "empty"],
  ['{"ts":1782885600000,"values":{}}', "empty"],
])("%s is no telemetry: %s", (body, reason) => {
  expect([told(decode(body)), refused(decode(body))]).toEqual([[], [reason]]);
});

test("of a name that stands twice the last is read, and the one before is refused", () => {
  const decoded = decode('{"temperature":25,"list":[{"a":1},{"a":2}],"temperature":26}');
  expect(told(decoded)).toEqual(["kk-1 air.temperature 26"]);
  expect(refused(decoded)).toEqual(["wrong-shape"]);
  expect(decoded.rejections[0]?.detail).toMatch(/^temperature stands twice/);
});

test("the short topics say the same, and protobuf under one of them waits in quarantine", () => {
  const short = (topic: string, body: unknown) => decoder.decodeAfresh(uplinkOf("kk-1", topic, body));
  expect(told(short("v2/t", { temperature: 25.3 }))).toEqual(["kk-1 air.temperature 25.3"]);
  expect(told(short("v2/t/j", { temperature: 25.3 }))).toEqual(["kk-1 air.temperature 25.3"]);
  expect(refused(short("v2/t/p", Buffer.from("0a0b0801", "hex")))).toEqual(["not-json"]);
  expect([told(short("v2/a", { fw: "1" })), refused(short("v2/a", { fw: "1" }))]).toEqual([[], []]);
});

test("attributes carry no readings but have to be JSON", () => {
  const channel = "devices/me/attributes";
  expect(told(decode({ temperature: 25, firmware: "1.2" }, { channel }))).toEqual([]);
  expect(refused(decode({ temperature: 25 }, { channel }))).toEqual([]);
  expect(refused(decode("{", { channel }))).toEqual(["not-json"]);
});

test("`me` is nobody when a program or a foreign broker says it", () => {
  for (const device of ["service:tb", "intake:tb"]) {
    const decoded = decode({ temperature: 25 }, { device });
    expect([told(decoded), refused(decoded)]).toEqual([[], ["unknown-device"]]);
  }
});

const gateway = { device: "cong-1", channel: "gateway/telemetry" };

test("a gateway speaks for the devices behind it, and each keeps its own times and names", () => {
  const decoded = decode(
    {
      "con-1": [{ ts: receivedAtMs - 1000, values: { temperature: 25 } }],
      "con-2": [{ ts: receivedAtMs - 1000, values: { temperature: 24, moisture: 31 } }],
      "cong-1": [{ ts: receivedAtMs - 1000, values: { battery: 4.1 } }],
    },
    gateway,
  );
  expect(told(decoded)).toEqual([
    "con-1 air.temperature 25",
    "con-2 soil.temperature 24",
    "con-2 soil.moisture 31",
    "cong-1 power.battery 4.1",
  ]);
  expect(decoded.devices).toEqual(["cong-1", "con-1", "con-2"]);
});

test("a gateway does not speak for another's devices, nor for those behind none, nor for strangers", () => {
  const values = [{ ts: receivedAtMs, values: { temperature: 25 } }];
  const decoded = decode({ "con-3": values, "kk-1": values, nobody: values, "con-1": values }, gateway);
  expect(told(decoded)).toEqual(["con-1 air.temperature 25"]);
  expect(refused(decoded)).toEqual(["unknown-device", "unknown-device", "unknown-device"]);
  expect(decoded.rejections.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/"cong-1" may not speak for "con-3"/),
    expect.stringMatching(/"cong-1" may not speak for "kk-1"/),
    expect.stringMatching(/no device "nobody"/),
  ]);
  // They are the gateway's doing, not the devices'.
  expect(decoded.rejections.every(({ device }) => device === undefined)).toBe(true);
});

test("a service that may use the topic speaks only for the devices behind the gateway of its name", () => {
  const body = { "con-1": [{ temperature: 25 }], "con-4": [{ temperature: 26 }] };
  const decoded = decode(body, { device: "service:cau-noi", channel: "gateway/telemetry" });
  expect(told(decoded)).toEqual(["con-4 air.temperature 26"]);
  expect(refused(decoded)).toEqual(["unknown-device"]);
});

test("two devices behind one gateway may be wrong at the same time, each by itself", () => {
  const values = [{ ts: receivedAtMs - 1000, values: { humidity: 300 } }];
  const decoded = decode({ "con-1": values, "con-2": values }, gateway);
  expect(decoded.rejections.map(({ device, reason }) => [device, reason])).toEqual([
    ["con-1", "implausible"],
    ["con-2", "implausible"],
  ]);
});

test("connecting tells that a device was heard, disconnecting that it was not", () => {
  const devices = (channel: string) => decode({ device: "con-1" }, { device: "cong-1", channel }).devices;
  expect(devices("gateway/connect")).toEqual(["cong-1", "con-1"]);
  expect(devices("gateway/disconnect") ?? ["cong-1"]).toEqual(["cong-1"]);
});

test.each([[{ "con-1": 7 }], [{ "con-1": "x" }], ["[]"]])("%j is no gateway's telemetry", (body) => {
  expect(refused(decode(body, gateway))).toEqual(["wrong-shape"]);
});
