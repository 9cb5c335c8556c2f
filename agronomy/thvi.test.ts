import { expect, test } from "vitest";
import { between, seededRandom } from "./testing/seeded-random.ts";
import { broilerThvi } from "./thvi.ts";

const shed = { temperatureC: 35, relativeHumidityPct: 60, airSpeedMs: 0.7 };

test("35 °C, 60 % and 0.7 m/s are a THVI of 34.73", () => {
  expect(broilerThvi(shed)).toBeCloseTo(34.73, 2);
});

test("air stiller or faster than was tried counts as the nearest tried", () => {
  expect(broilerThvi({ ...shed, airSpeedMs: 0 })).toBe(broilerThvi({ ...shed, airSpeedMs: 0.2 }));
  expect(broilerThvi({ ...shed, airSpeedMs: 3 })).toBe(broilerThvi({ ...shed, airSpeedMs: 1.2 }));
});

test("there is none where there is no wet bulb", () => {
  expect(broilerThvi({ ...shed, relativeHumidityPct: 3 })).toBeUndefined();
});

test.each([51, 52])("heat and humidity make it worse, air speed better (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 300; round++) {
    const air = {
      temperatureC: between(random, 28, 42),
      relativeHumidityPct: between(random, 25, 95),
      airSpeedMs: between(random, 0.2, 1.1),
    };
    const thvi = broilerThvi(air) as number;
    expect(broilerThvi({ ...air, temperatureC: air.temperatureC + 0.5 })).toBeGreaterThan(thvi);
    expect(broilerThvi({ ...air, relativeHumidityPct: air.relativeHumidityPct + 2 })).toBeGreaterThan(thvi);
    expect(broilerThvi({ ...air, airSpeedMs: air.airSpeedMs + 0.05 })).toBeLessThan(thvi);
  }
});
