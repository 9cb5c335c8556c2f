import { expect, test } from "vitest";
import { humidHours } from "./humid-hours.ts";
import { isLeafWet, leafWetnessHours } from "./leaf-wetness.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

const night = [
  { hours: 1, temperatureC: 24, relativeHumidityPct: 85 },
  { hours: 2, temperatureC: 23, relativeHumidityPct: 89.5 },
  { hours: 0.5, temperatureC: 22.5, relativeHumidityPct: 90 },
  { hours: 4, temperatureC: 22, relativeHumidityPct: 103 },
];

test("hours at 90 % and above, fog read as 103 % included", () => {
  expect(humidHours(night, 90)).toBe(4.5);
});

test("the dew point finds leaves wet at 89.5 % where humidity does not", () => {
  expect(leafWetnessHours(night, "humidity")).toBe(4.5);
  expect(leafWetnessHours(night, "dew-point-depression")).toBe(6.5);
});

test("hours without readings are not counted", () => {
  expect(leafWetnessHours([], "humidity")).toBe(0);
});

test("bone-dry air wets no leaf", () => {
  expect(isLeafWet({ temperatureC: 30, relativeHumidityPct: 0 }, "dew-point-depression")).toBe(false);
});

test("where humidity says wet, so does the dew point, between 5 and 40 °C (seed 111)", () => {
  const random = seededRandom(111);
  for (let round = 0; round < 1000; round++) {
    const air = { temperatureC: between(random, 5, 40), relativeHumidityPct: between(random, 80, 100) };
    if (isLeafWet(air, "humidity")) expect(isLeafWet(air, "dew-point-depression")).toBe(true);
  }
});
