import { expect, test } from "vitest";
import { between, seededRandom } from "./testing/seeded-random.ts";
import { wetBulbC } from "./wet-bulb.ts";

test("Stull's own example: 20 °C and 50 % give 13.7 °C", () => {
  expect(wetBulbC(20, 50)).toBeCloseTo(13.7, 2);
});

test("saturated air is its own wet bulb, within what the fit allows", () => {
  for (const t of [0, 10, 20, 30, 40]) {
    const wetBulb = wetBulbC(t, 100) as number;
    expect(wetBulb).toBeLessThanOrEqual(t);
    expect(t - wetBulb).toBeLessThan(0.3);
  }
});

test("outside Stull's range there is no wet bulb", () => {
  expect(wetBulbC(30, 4)).toBeUndefined();
  expect(wetBulbC(51, 50)).toBeUndefined();
  expect(wetBulbC(-21, 50)).toBeUndefined();
});

test.each([11, 12])("the wet bulb rises with temperature and humidity (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const t = between(random, 5, 45);
    const rh = between(random, 20, 95);
    const wetBulb = wetBulbC(t, rh) as number;
    expect(wetBulb).toBeLessThanOrEqual(t);
    expect(wetBulbC(t + 1, rh)).toBeGreaterThan(wetBulb);
    expect(wetBulbC(t, rh + 2)).toBeGreaterThan(wetBulb);
  }
});
