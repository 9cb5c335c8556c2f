import { describe, expect, test } from "vitest";
import { decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const decoder = decoderOf({
  "tram-1": { gateway: null },
  "ao-1": { model: "water-probe" },
  "muc-1": { mountingHeightCm: 250 },
  "cong-1": {},
  "con-1": { gateway: "cong-1" },
  "con-2": { gateway: "cong-1", devEui: "0024befffe804ff1" },
  "con-3": { gateway: "cong-2" },
});

function decode(body: unknown, { device = "tram-1", channel = "senml", publisher = device as string } = {}) {
  return decoder.decodeAfresh(uplinkOf(publisher, `canhdong/v1/${device}/${channel}`, body));
}

const nowS = receivedAtMs / 1000;

test("names and units become the catalogue's", () => {
  const decoded = decode([
    { bn: "urn:dev:ow:10e2073a01080063:", bt: nowS - 30, n: "temperature", u: "Cel", v: 31.4 },
    { n: "humidity", u: "%RH", v: 78.5 },
    { n: "soil.ec", u: "S/m", v: 0.141 },
    { n: "soil.moisture", u: "/", v: 0.63 },
    { n: "battery", u: "V", v: 3.61 },
    { n: "battery", u: "%EL", v: 87 },
    { n: "soil.temperature", v: 24.5 },
    { n: "wind.speed", u: "km/h", t: -10, v: 36 },
  ]);
  expect(told(decoded)).toEqual([
    "tram-1 wind.speed 10",
    "tram-1 air.temperature 31.4",
    "tram-1 air.relativeHumidity 78.5",
    "tram-1 soil.ec 1.41",
    "tram-1 soil.moisture 63",
    "tram-1 power.battery 3.61",
    "tram-1 power.batteryPercent 87",
    "tram-1 soil.temperature 24.5",
  ]);
  expect(decoded.readings.map(({ measuredAtMs }) => receivedAtMs - measuredAtMs).slice(0, 2)).toEqual([
    40_000, 30_000,
  ]);
  expect([decoded.decoder, decoded.rejections]).toEqual(["senml/1", []]);
});

test("a name that is all device is told by its unit", () => {
  const decoded = decode([
    { bn: "urn:dev:ow:10e2073a01080063", bt: nowS - 100, bu: "%RH", v: 21.2 },
    { t: 10, v: 21.3 },
    { u: "Cel", v: 30 },
    { u: "%EL", t: 50, v: 98 },
    { u: "lon", t: 50, v: 105.9 },
  ]);
  expect(told(decoded)).toEqual([
    "tram-1 air.relativeHumidity 21.2",
    "tram-1 air.temperature 30",
    "tram-1 air.relativeHumidity 21.3",
    "tram-1 power.batteryPercent 98",
  ]);
  expect(refused(decoded)).toEqual(["unknown-quantity lon"]);
});

test("SenML's % is a ratio: 0.31 is 31 %, and 31 is no soil moisture", () => {
  expect(told(decode([{ n: "soil.moisture", u: "%", v: 0.31 }]))).toEqual(["tram-1 soil.moisture 31"]);
  expect(refused(decode([{ n: "soil.moisture", u: "%", v: 31 }]))).toEqual(["implausible soil.moisture"]);
});

test("a unit of another kind is refused with both units", () => {
  const decoded = decode([{ n: "soil.ec", u: "Cel", v: 24 }]);
  expect(refused(decoded)).toEqual(["wrong-shape soil.ec"]);
  expect(decoded.rejections[0]?.detail).toBe('[0] soil.ec: "Cel" cannot become dS/m');
});

test("what a bare temperature is the temperature of, the registry's model tells", () => {
  expect(told(decode([{ n: "temp", u: "Cel", v: 27 }], { device: "ao-1" }))).toEqual([
    "ao-1 water.temperature 27",
  ]);
});

test("strings, switches and data are no measurements, a number in a string is", () => {
  const decoded = decode([
    { n: "label", vs: "Machine Room" },
    { n: "open", vb: false },
    { n: "nfc-reader", vd: "aGkgCg" },
    { n: "soil.temperature", vs: "24.59" },
    { n: "soil.ec", vs: "57 uS/cm" },
  ]);
  expect(told(decoded)).toEqual(["tram-1 soil.temperature 24.59", "tram-1 soil.ec 0.057"]);
  expect(refused(decoded)).toEqual([]);
});

test("a sum over time is no quantity of the catalogue; the value beside it is", () => {
  const decoded = decode([{ n: "power.active", u: "W", v: 80, s: 4000 }]);
  expect(told(decoded)).toEqual(["tram-1 power.active 80"]);
  expect(refused(decoded)).toEqual(["unknown-quantity power.active.sum"]);
});

test("a distance becomes a level by the mounting height", () => {
  expect(told(decode([{ n: "distance", u: "mm", v: 1332 }], { device: "muc-1" }))).toEqual([
    "muc-1 water.distance 1.332",
    "muc-1 water.level 1.168",
  ]);
});

test("the RFC's own times of 2010 are read, and not believed", () => {
  const pack = [{ bn: "urn:dev:ow:10e2073a0108006:", bt: 1.276020076001e9, bu: "V", n: "voltage", v: 120.1 }];
  const decoded = decode(pack);
  expect(refused(decoded)).toEqual(["clock-implausible voltage"]);
  expect(decoded.rejections[0]?.measuredAtMs).toBe(1276020076001);
});

test("a clock in milliseconds is thousands of years ahead, and not believed", () => {
  expect(refused(decode([{ n: "temp", u: "Cel", t: receivedAtMs, v: 27 }]))).toEqual([
    "clock-implausible temp",
  ]);
});

describe("whose records they are", () => {
  const gateway = { device: "cong-1" };

  test("a gateway's pack speaks for the devices behind it, by their ids and their EUIs", () => {
    const decoded = decode(
      [
        { bn: "urn:dev:mac:0024befffe804ff1:", n: "temperature", u: "Cel", v: 25.2 },
        { bn: "con-1/", n: "temperature", u: "Cel", v: 12.3 },
        { bn: "", n: "power.battery", u: "V", v: 12.1 },
      ],
      gateway,
    );
    expect(told(decoded)).toEqual([
      "con-2 air.temperature 25.2",
      "con-1 air.temperature 12.3",
      "cong-1 power.battery 12.1",
    ]);
  });

  test("not for another's, and each of its values is accounted for", () => {
    const decoded = decode(
      [
        { bn: "con-3/", n: "temperature", u: "Cel", v: 12.3 },
        { n: "humidity", u: "%RH", v: 67 },
      ],
      gateway,
    );
    expect(told(decoded)).toEqual([]);
    expect(refused(decoded)).toEqual(["unknown-device temperature", "unknown-device humidity"]);
  });

  test("a device may call itself what it likes, but not two things", () => {
    const decoded = decode([
      { bn: "2001:db8::2/", n: "temperature", u: "Cel", v: 25.2 },
      { n: "humidity", u: "%RH", v: 30 },
      { bn: "2001:db8::1/", n: "temperature", u: "Cel", v: 12.3 },
    ]);
    expect(told(decoded)).toEqual(["tram-1 air.temperature 25.2", "tram-1 air.relativeHumidity 30"]);
    expect(refused(decoded)).toEqual(["unknown-device temperature"]);
  });

  test("its proved id is the truth, also where another device's EUI looks the same", () => {
    const eui = "0024befffe804ff1";
    const twins = decoderOf({ [eui]: {}, other: { devEui: eui } });
    const pack = [{ n: "temp", u: "Cel", v: 27 }];
    const decoded = twins.decodeAfresh(uplinkOf(eui, `canhdong/v1/${eui}/senml`, pack));
    expect(told(decoded)).toEqual([`${eui} air.temperature 27`]);
  });

  test("from a foreign broker the topic's device counts", () => {
    const decoded = decode([{ n: "temp", u: "Cel", v: 27 }], { publisher: "intake:tinh" });
    expect([told(decoded), decoded.devices]).toEqual([["tram-1 air.temperature 27"], ["tram-1"]]);
    expect(refused(decode([], { device: "nobody", publisher: "intake:tinh" }))).toEqual(["unknown-device"]);
  });
});

test("two records of one quantity at one time: the second is refused", () => {
  const decoded = decode([
    { n: "air.temperature", u: "Cel", v: 27 },
    { n: "temp", u: "Cel", v: 28 },
  ]);
  expect(told(decoded)).toEqual(["tram-1 air.temperature 27"]);
  expect(refused(decoded)).toEqual(["wrong-shape air.temperature"]);
});

test.each([
  ["{}", "wrong-shape"],
  ["[]", "empty"],
  ["", "empty"],
  ["[{", "not-json"],
  ["[7]", "wrong-shape"],
  ["[".repeat(100), "too-deep"],
])("%s is no pack: %s", (body, reason) => {
  expect([told(decode(body)), refused(decode(body))]).toEqual([[], [reason]]);
});

describe("in CBOR", () => {
  const cbor = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ""), "hex");
  const decodeCbor = (hex: string) => decode(cbor(hex), { channel: "senml-cbor" });

  test("a pack of two records at times relative to now", () => {
    // [{-3: -60, -2: 'urn:dev:ow:10e2073a0108006:', 0: 'temperature', 1: 'Cel', 2: 23.1, 6: 1}, {0: 'humidity', 1: '%RH', 2: 67.3, 6: 2}]
    const decoded = decodeCbor(`82
      a6 22 383b 21 781b 75726e3a6465763a6f773a313065323037336130313038303036 3a
         00 6b 74656d7065726174757265 01 63 43656c 02 fb403719999999999a 06 01
      a4 00 68 68756d6964697479 01 63 255248 02 fb4050d33333333333 06 02`);
    expect(told(decoded)).toEqual(["tram-1 air.temperature 23.1", "tram-1 air.relativeHumidity 67.3"]);
    expect(decoded.readings.map(({ measuredAtMs }) => measuredAtMs - receivedAtMs)).toEqual([
      -59_000, -58_000,
    ]);
  });

  test("half floats, decimal fractions, indefinite lengths and text labels", () => {
    const decoded = decodeCbor(`9f
      bf 00 64 74656d70 01 63 43656c 02 f94e60 ff
      a3 61 6e 62 7268 61 75 63 255248 61 76 c4 82 20 190251
      ff`);
    expect(told(decoded)).toEqual(["tram-1 air.temperature 25.5", "tram-1 air.relativeHumidity 59.3"]);
  });

  test("NaN is no number", () => {
    expect(refused(decodeCbor("81 a3 00 64 74656d70 01 63 43656c 02 f97e00"))).toEqual([
      "not-a-number air.temperature",
    ]);
  });

  test.each([
    ["", "empty"],
    ["9affffffff", "wrong-shape"],
    ["a0", "wrong-shape"],
    ["80", "empty"],
    ["8101", "wrong-shape"],
    ["81".repeat(50), "wrong-shape"],
  ])("%s is no pack: %s", (hex, reason) => {
    expect([told(decodeCbor(hex)), refused(decodeCbor(hex))]).toEqual([[], [reason]]);
  });

  test("the place of what is wrong is told", () => {
    expect(decodeCbor("9affffffff").rejections[0]?.detail).toBe(
      "not CBOR: 4294967295 bytes or items are announced, 0 bytes are left (at byte 5)",
    );
  });
});
