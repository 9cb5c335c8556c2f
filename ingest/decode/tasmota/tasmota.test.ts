import { expect, test } from "vitest";
import { decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const decoder = decoderOf({
  "ga-1": {},
  "ao-1": { model: "water-probe" },
  "muc-1": { mountingHeightCm: 200 },
});

interface From {
  readonly device?: string;
  readonly channel?: string;
  readonly publisher?: string;
}

function decode(body: unknown, { device = "ga-1", channel = "SENSOR", publisher }: From = {}) {
  return decoder.decodeAfresh(uplinkOf(publisher ?? device, `tele/${device}/${channel}`, body));
}

const time = "2026-07-01T12:59:58";

test("a broiler house as Tasmota 14 tells it", () => {
  const decoded = decode({
    Time: time,
    Switch1: "ON",
    AM2301: { Temperature: 31.2, Humidity: 74.1, DewPoint: 26.0 },
    BME280: { Temperature: 31.4, Humidity: 73, DewPoint: 26, Pressure: 1003.4, SeaPressure: 1004.1 },
    BH1750: { Illuminance: 212 },
    MHZ19B: { Model: "B", CarbonDioxide: 1210, Temperature: 33 },
    ENERGY: {
      ...{ TotalStartTime: "2026-01-01T00:00:00", Total: 12.305, Yesterday: 1.2, Today: 0.4, Period: 3 },
      ...{ Power: 84, ApparentPower: 99, ReactivePower: 52, Factor: 0.85, Voltage: 227, Current: 0.436 },
    },
    PressureUnit: "hPa",
    TempUnit: "C",
  });
  expect(told(decoded)).toEqual([
    "ga-1 air.temperature 31.2",
    "ga-1 air.relativeHumidity 74.1",
    "ga-1 air.dewPoint 26",
    "ga-1 air.pressure 1003.4",
    "ga-1 air.lightIntensity 212",
    "ga-1 air.co2 1210",
    "ga-1 power.energy 12.305",
    "ga-1 power.active 84",
    "ga-1 power.voltage 227",
    "ga-1 power.current 0.436",
  ]);
  // A second thermometer does not overwrite the first.
  expect(refused(decoded)).toEqual([
    "wrong-shape air.temperature",
    "wrong-shape air.relativeHumidity",
    "wrong-shape air.dewPoint",
    "wrong-shape air.temperature",
  ]);
});

test("the body's units count", () => {
  const sensors = { BME280: { Temperature: 98.6, Pressure: 29.92 } };
  const decoded = decode({ Time: time, ...sensors, TempUnit: "F", PressureUnit: "inHg" });
  expect(told(decoded)).toEqual(["ga-1 air.temperature 37", "ga-1 air.pressure 1013.2075888"]);
});

test("a probe on a cable measures what the registry says, and else what is at its end", () => {
  const body = { Time: time, DS18B20: { Id: "01131B123456", Temperature: 28.4 }, TempUnit: "C" };
  expect(told(decode(body))).toEqual(["ga-1 probe.temperature 28.4"]);
  expect(told(decode(body, { device: "ao-1" }))).toEqual(["ao-1 water.temperature 28.4"]);
});

test("several probes on cables are told apart", () => {
  const probe = (Temperature: number) => ({ Id: "01131B12", Temperature });
  const decoded = decode({
    "DS18B20-1": probe(28.4),
    "DS18B20-2": probe(27.9),
    "DS18B20-3": probe(26.1),
    TempUnit: "C",
  });
  expect(told(decoded)).toEqual([
    "ga-1 probe.temperature 28.4",
    "ga-1 probe.temperature2 27.9",
    "ga-1 probe.temperature3 26.1",
  ]);
});

test("a probe that fell off its bus is no temperature", () => {
  expect(refused(decode({ DS18B20: { Temperature: -127 }, TempUnit: "C" }, { device: "ao-1" }))).toEqual([
    "sentinel water.temperature",
  ]);
});

test("probes of water measure water", () => {
  const decoded = decode({
    EZOPH: { pH: 7.61 },
    EZOEC: { EC: 1410 },
    EZODO: { DO: 5.2 },
    EZORTD: { Temperature: 28 },
    TempUnit: "C",
  });
  expect(told(decoded)).toEqual([
    "ga-1 water.ph 7.61",
    "ga-1 water.ec 1410",
    "ga-1 water.dissolvedOxygen 5.2",
    "ga-1 water.temperature 28",
  ]);
});

test("an ultrasonic distance is in centimetres, a laser's in millimetres, and becomes a level", () => {
  expect(told(decode({ SR04: { Distance: 83.2 } }, { device: "muc-1" }))).toEqual([
    "muc-1 water.distance 0.832",
    "muc-1 water.level 1.168",
  ]);
  expect(told(decode({ VL53L0X: { Distance: "263" } }))).toEqual(["ga-1 water.distance 0.263"]);
});

test("local time without an offset is not taken for UTC: the arrival counts", () => {
  const at = (Time: string) => decode({ Time, BH1750: { Illuminance: 1 } }).readings[0]?.measuredAtMs;
  expect(at("2026-07-01T12:59:58")).toBe(receivedAtMs);
  expect(at("2026-07-01T12:59:58+07:00")).toBe(receivedAtMs - 2000);
});

test("a clock that says 1970 with an offset is not believed", () => {
  expect(refused(decode({ Time: "1970-01-01T00:00:09+07:00", BH1750: { Illuminance: 1 } }))).toEqual([
    "clock-implausible",
  ]);
});

test("STATE tells the uptime and the signal, and its RSSI in percent is not taken for dBm", () => {
  const body = {
    Time: time,
    UptimeSec: 910,
    Heap: 27,
    MqttCount: 1,
    POWER: "ON",
    Wifi: { RSSI: 100, Signal: -49 },
  };
  const decoded = decode(body, { channel: "STATE" });
  expect([told(decoded), refused(decoded)]).toEqual([["ga-1 device.uptime 910", "ga-1 radio.rssi -49"], []]);
});

test("a last will carries nothing", () => {
  const decoded = decode("Offline", { channel: "LWT", publisher: "intake:nha" });
  expect([told(decoded), refused(decoded)]).toEqual([[], []]);
});

test("a foreign broker hands it over, whatever case the topic has", () => {
  const decoded = decoder.decodeAfresh(
    uplinkOf("intake:nha", "tele/GA-1/SENSOR", { BH1750: { Illuminance: 5 } }),
  );
  expect(told(decoded)).toEqual(["ga-1 air.lightIntensity 5"]);
});
