import { expect, test } from "vitest";
import { quantities } from "../../../devices/index.ts";
import { batteryNamed, mediumOf, quantityNamed } from "./words.ts";

const meant = (name: string, medium: Parameters<typeof quantityNamed>[1] = null) =>
  quantityNamed(name, medium)?.quantity ?? null;

test("every name of the catalogue means itself, and so does each of its usual spellings", () => {
  for (const name of quantities.keys()) {
    const snake = name.replaceAll(/[.]|(?=[A-Z])/g, "_").toLowerCase();
    expect.soft([name, meant(name)]).toEqual([name, name]);
    expect.soft([name, meant(snake)]).toEqual([name, name]);
    expect.soft([name, meant(name.replace(".", ""))]).toEqual([name, name]);
  }
});

test.each([
  ["temperature", "air.temperature", "soil.temperature", "water.temperature"],
  ["temp", "air.temperature", "soil.temperature", "water.temperature"],
  ["humidity", "air.relativeHumidity", "soil.moisture", null],
  ["ec", null, "soil.ec", "water.ec"],
  ["pH", null, "soil.pH", "water.ph"],
  ["pressure", "air.pressure", null, "water.pressure"],
  ["co2", "air.co2", "air.co2", "air.co2"],
])("%s is %s in the air, %s in the soil, %s in water", (name, air, soil, water) => {
  expect([meant(name, "air"), meant(name, "soil"), meant(name, "water")]).toEqual([air, soil, water]);
  expect(meant(name)).toBe(air);
});

test.each([
  ["battery_mv", "power.battery", "mV"],
  ["battery_percent", "power.batteryPercent", "%"],
  ["soilTemp_F", "soil.temperature", "[degF]"],
  ["soil_temperature_f", "soil.temperature", "[degF]"],
  ["temperatureC", "air.temperature", "Cel"],
  ["soil_ec_us_cm", "soil.ec", "uS/cm"],
  ["distance_mm", "water.distance", "mm"],
  ["pressure_kPa", "air.pressure", "kPa"],
])("%s is %s in %s", (name, quantity, unit) => {
  expect(quantityNamed(name, null)).toEqual({ quantity, unit });
});

test.each([
  "",
  "rain",
  "value",
  "sensor1",
  "constructor",
  "__proto__",
  "toString",
  "t",
  "_",
  "x".repeat(10_000),
])("%j means nothing that could be known", (name) => {
  expect(quantityNamed(name, null)).toBeNull();
});

test("the owner of a plain probe says by its model where it is", () => {
  expect(["air-probe", "soil-probe", "water-probe", "native", undefined].map(mediumOf)).toEqual([
    "air",
    "soil",
    "water",
    null,
    null,
  ]);
});

test("a battery above 5 is percent: no single cell has so many volts", () => {
  expect([3.61, 5, 5.1, 50].map((value) => batteryNamed(value).quantity)).toEqual([
    "power.battery",
    "power.battery",
    "power.batteryPercent",
    "power.batteryPercent",
  ]);
});
