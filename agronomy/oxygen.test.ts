import { describe, expect, test } from "vitest";
import { atmosphericPressureKpa } from "./atmosphere.ts";
import { oxygenSaturationMgL, oxygenSaturationPct } from "./oxygen.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

/** EN 25814, mg/L in fresh water at one atmosphere, 0 to 30 °C. */
const en25814 = [
  14.6, 14.2, 13.8, 13.5, 13.1, 12.8, 12.5, 12.2, 11.8, 11.6, 11.3, 11, 10.8, 10.5, 10.3, 10.1, 9.87, 9.66,
  9.47, 9.28, 9.09, 8.91, 8.74, 8.58, 8.42, 8.26, 8.11, 7.97, 7.83, 7.69, 7.56,
];

test.each(en25814.map((mgL, t) => ({ t, mgL })))("fresh water of $t °C holds $mgL mg/L", ({ t, mgL }) => {
  // The standard rounds to 0.1 up to 15 °C, and at 8 and 4 °C not always to the nearest.
  expect(Math.abs((oxygenSaturationMgL({ temperatureC: t }) as number) - mgL)).toBeLessThan(
    t < 16 ? 0.07 : 0.006,
  );
});

test.each([
  { t: 0, mgL: 14.621 },
  { t: 10, mgL: 11.288 },
  { t: 20, mgL: 9.092 },
  { t: 25, mgL: 8.263 },
  { t: 28, mgL: 7.828 },
  { t: 30, mgL: 7.559 },
  { t: 32, mgL: 7.305 },
  { t: 35, mgL: 6.949 },
])("to three decimals, $mgL mg/L at $t °C", ({ t, mgL }) => {
  expect(oxygenSaturationMgL({ temperatureC: t })).toBeCloseTo(mgL, 3);
});

test.each([
  { t: 25, salinity: 10, mgL: 7.807 },
  { t: 25, salinity: 20, mgL: 7.375 },
  { t: 25, salinity: 35, mgL: 6.772 },
  { t: 30, salinity: 10, mgL: 7.155 },
  { t: 30, salinity: 20, mgL: 6.772 },
  { t: 30, salinity: 35, mgL: 6.237 },
])("salt drives it out: $mgL mg/L at $t °C and salinity $salinity", ({ t, salinity, mgL }) => {
  expect(oxygenSaturationMgL({ temperatureC: t, salinity })).toBeCloseTo(mgL, 3);
});

test("a pond at 780 m holds 7.51 mg/L at 25 °C", () => {
  const pressureKpa = atmosphericPressureKpa(780);
  expect(pressureKpa).toBeCloseTo(92.41, 2);
  expect(Math.abs((oxygenSaturationMgL({ temperatureC: 25, pressureKpa }) as number) - 7.516)).toBeLessThan(
    0.005,
  );
});

test("percent of saturation, also above a hundred", () => {
  expect(oxygenSaturationPct(4.13, { temperatureC: 25 })).toBeCloseTo(50, 0);
  expect(oxygenSaturationPct(12, { temperatureC: 30 })).toBeCloseTo(158.8, 1);
});

describe("outside the paper's range", () => {
  test.each([{ temperatureC: -0.5 }, { temperatureC: 41 }, { temperatureC: 25, salinity: 41 }])(
    "%o has no answer",
    (conditions) => {
      expect(oxygenSaturationMgL(conditions)).toBeUndefined();
      expect(oxygenSaturationPct(5, conditions)).toBeUndefined();
    },
  );
});

test.each([91, 92])("warmth, salt and height leave less oxygen (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const at = {
      temperatureC: between(random, 0, 39),
      salinity: between(random, 0, 39),
      pressureKpa: between(random, 75, 103),
    };
    const mgL = oxygenSaturationMgL(at) as number;
    expect(oxygenSaturationMgL({ ...at, temperatureC: at.temperatureC + 0.5 })).toBeLessThan(mgL);
    expect(oxygenSaturationMgL({ ...at, salinity: at.salinity + 0.5 })).toBeLessThan(mgL);
    expect(oxygenSaturationMgL({ ...at, pressureKpa: at.pressureKpa - 1 })).toBeLessThan(mgL);
  }
});
