import { expect, test } from "vitest";
import { decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const decoder = decoderOf({ "ga-1": {}, "dat-1": { devEui: "a4c138a1b2c3d4e5" }, "o-cam": {} });

function decode(name: string, body: unknown, publisher = "service:zigbee2mqtt") {
  return decoder.decodeAfresh(uplinkOf(publisher, `zigbee2mqtt/${name}`, body));
}

test("a thermometer tells the air, its battery in percent and in millivolts", () => {
  const decoded = decode("ga-1", {
    ...{ battery: 97, humidity: 63.61, linkquality: 120, pressure: 1009, temperature: 27.34, voltage: 2995 },
    ...{
      power_outage_count: 3,
      temperature_calibration: 0,
      update: { state: "idle" },
      temperature_unit: "celsius",
    },
  });
  expect(told(decoded)).toEqual([
    "ga-1 power.batteryPercent 97",
    "ga-1 air.relativeHumidity 63.61",
    "ga-1 air.pressure 1009",
    "ga-1 air.temperature 27.34",
    "ga-1 power.battery 2.995",
  ]);
  expect(refused(decoded)).toEqual([]);
});

test("a soil probe's temperature is the soil's; its IEEE address finds it", () => {
  const decoded = decode("0xa4c138a1b2c3d4e5", {
    soil_moisture: 43,
    temperature: 24.1,
    battery: 100,
    dry: false,
  });
  expect(told(decoded)).toEqual([
    "dat-1 soil.moisture 43",
    "dat-1 soil.temperature 24.1",
    "dat-1 power.batteryPercent 100",
  ]);
});

test("a socket's voltage is the mains'", () => {
  const body = { state: "ON", power: 84.2, current: 0.38, voltage: 228, energy: 12.4, linkquality: 80 };
  expect(told(decode("o-cam", body))).toEqual([
    "o-cam power.active 84.2",
    "o-cam power.current 0.38",
    "o-cam power.voltage 228",
    "o-cam power.energy 12.4",
  ]);
});

test("Zigbee's logarithm of the light is passed over beside the lux", () => {
  expect(told(decode("ga-1", { illuminance: 23_000, illuminance_lux: 199 }))).toEqual([
    "ga-1 air.lightIntensity 199",
  ]);
});

test("what it remembers from before its restart keeps its time", () => {
  const decoded = decode("ga-1", { temperature: 27, last_seen: "2026-07-01T11:00:00+07:00" });
  expect(decoded.readings).toMatchObject([{ measuredAtMs: receivedAtMs - 7_200_000, live: false }]);
});

test("a number that nobody knows is refused, a state is not", () => {
  expect(refused(decode("ga-1", { temperature: 27, mystery: 5, occupancy: true, action: "single" }))).toEqual(
    ["unknown-quantity mystery"],
  );
});

test("availability is presence, and no reading", () => {
  const decoded = decode("ga-1/availability", { state: "offline" });
  expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], [], []]);
});

test.each([
  ["bridge/logging", "not JSON at all"],
  ["ga-1/set", { state: "ON" }],
])("%s is not for us: neither read nor refused", (name, body) => {
  const decoded = decode(name, body, "intake:nha");
  expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], [], []]);
});

test("a name that nobody registered waits in quarantine", () => {
  expect(refused(decode("chuồng gà/1", { temperature: 27 }))).toEqual(["unknown-device"]);
});
