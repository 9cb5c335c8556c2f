import { expect, test } from "vitest";
import { ammoniaPerNitrogen, unionisedAmmoniaFraction, unionisedAmmoniaMgL } from "./ammonia.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

/* Emerson et al. 1975, as tabulated by UF/IFAS FA16. */
test.each([
  { ph: 7, t: 20, fraction: 0.0039 },
  { ph: 7, t: 30, fraction: 0.008 },
  { ph: 7.4, t: 26, fraction: 0.015 },
  { ph: 7.6, t: 30, fraction: 0.031 },
  { ph: 8, t: 20, fraction: 0.0381 },
  { ph: 8, t: 24, fraction: 0.0502 },
  { ph: 8, t: 26, fraction: 0.0574 },
  { ph: 8, t: 28, fraction: 0.0654 },
  { ph: 8, t: 30, fraction: 0.0743 },
  { ph: 8.2, t: 28, fraction: 0.0998 },
  { ph: 8.4, t: 30, fraction: 0.1678 },
  { ph: 8.6, t: 28, fraction: 0.2178 },
])("pH $ph at $t °C: $fraction is poisonous", ({ ph, t, fraction }) => {
  expect(Math.abs((unionisedAmmoniaFraction(ph, t) as number) - fraction)).toBeLessThan(0.0001);
});

test("the misprinted constant 2727.92 would give 0.0387 where the table has 0.0381", () => {
  const misprinted = 1 / (1 + 10 ** (0.09018 + 2727.92 / 293.15 - 8));
  expect(misprinted).toBeCloseTo(0.0387, 4);
  expect(unionisedAmmoniaFraction(8, 20)).not.toBeCloseTo(misprinted, 4);
});

test("absolute zero is at -273.15 °C: 5.37 % at pH 8 and 25 °C, not the 5.38 % of older tables", () => {
  expect(unionisedAmmoniaFraction(8, 25)).toBeCloseTo(0.0537, 4);
});

test("2 mg/L of ammonia nitrogen at pH 8.4 and 30 °C hold 0.34 mg/L as nitrogen, 0.41 as NH3", () => {
  const asNitrogen = unionisedAmmoniaMgL({ totalAmmoniaMgL: 2, ph: 8.4, temperatureC: 30 }) as number;
  expect(asNitrogen).toBeCloseTo(0.3356, 3);
  expect(asNitrogen * ammoniaPerNitrogen).toBeCloseTo(0.408, 3);
});

test("ice and hot springs have no answer", () => {
  expect(unionisedAmmoniaFraction(8, -1)).toBeUndefined();
  expect(unionisedAmmoniaFraction(8, 51)).toBeUndefined();
  expect(unionisedAmmoniaMgL({ totalAmmoniaMgL: 1, ph: 8, temperatureC: 60 })).toBeUndefined();
});

test.each([81, 82])("more of it is poisonous when warmer or more alkaline (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const ph = between(random, 4, 11);
    const t = between(random, 0, 48);
    const fraction = unionisedAmmoniaFraction(ph, t) as number;
    expect(fraction).toBeGreaterThan(0);
    expect(fraction).toBeLessThan(1);
    expect(unionisedAmmoniaFraction(ph + 0.05, t)).toBeGreaterThan(fraction);
    expect(unionisedAmmoniaFraction(ph, t + 1)).toBeGreaterThan(fraction);
  }
});
