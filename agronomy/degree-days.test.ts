import { expect, test } from "vitest";
import { degreeDayBases, growingDegreeDays } from "./degree-days.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

const rice = degreeDayBases.rice;

test.each([
  { day: "an ordinary day", min: 22, max: 28, degreeDays: 15 },
  { day: "a hot afternoon counts as the upper threshold", min: 24, max: 38, degreeDays: 17 },
  { day: "a night above the upper threshold, too", min: 31, max: 39, degreeDays: 20 },
  { day: "a cold dawn counts as the base", min: 5, max: 18, degreeDays: 4 },
  { day: "a day below the base", min: 4, max: 9, degreeDays: 0 },
])("$day: $degreeDays °C·d", ({ min, max, degreeDays }) => {
  expect(growingDegreeDays({ minTemperatureC: min, maxTemperatureC: max }, rice)).toBe(degreeDays);
});

test.each([61, 62])("never negative, never above the range, never less on a warmer day (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const minTemperatureC = between(random, -5, 35);
    const day = { minTemperatureC, maxTemperatureC: minTemperatureC + between(random, 0, 15) };
    const degreeDays = growingDegreeDays(day, rice);
    expect(degreeDays).toBeGreaterThanOrEqual(0);
    expect(degreeDays).toBeLessThanOrEqual(20);
    const warmer = { ...day, maxTemperatureC: day.maxTemperatureC + 1 };
    expect(growingDegreeDays(warmer, rice)).toBeGreaterThanOrEqual(degreeDays);
  }
});
