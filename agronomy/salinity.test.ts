import { describe, expect, test } from "vitest";
import {
  conductivityFromSalinityMsCm,
  ec25FromSalinityMsCm,
  salinityFromConductivity,
  salinityFromEc25,
} from "./salinity.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

test("standard sea water: 42.914 mS/cm at 15 °C are 35", () => {
  expect(salinityFromConductivity(42.914, 15)).toBeCloseTo(35, 5);
});

/* PSS-78; at 1 the extension to low salinities differs from the bare polynomial by less than a thousandth. */
test.each([
  { salinity: 1, ec25: 1.968 },
  { salinity: 2, ec25: 3.796 },
  { salinity: 4, ec25: 7.276 },
  { salinity: 5, ec25: 8.959 },
  { salinity: 10, ec25: 17.022 },
  { salinity: 20, ec25: 32.087 },
  { salinity: 35, ec25: 53.065 },
])("salinity $salinity shows $ec25 mS/cm at 25 °C, and back", ({ salinity, ec25 }) => {
  expect(Math.abs((ec25FromSalinityMsCm(salinity) as number) - ec25)).toBeLessThan(0.001);
  expect(Math.abs((salinityFromEc25(ec25) as number) - salinity)).toBeLessThan(0.001);
});

describe("edges", () => {
  test("pure water has no salt, warm or cold", () => {
    for (const t of [0, 15, 25, 40]) expect(salinityFromConductivity(0, t)).toBe(0);
    expect(ec25FromSalinityMsCm(0)).toBeLessThan(0.002);
  });

  test("brine, ice and hot water have no answer", () => {
    expect(salinityFromEc25(80)).toBeUndefined();
    expect(ec25FromSalinityMsCm(43)).toBeUndefined();
    expect(salinityFromConductivity(20, 41)).toBeUndefined();
    expect(conductivityFromSalinityMsCm(20, -3)).toBeUndefined();
  });
});

describe.each([101, 102])("seed %i", (seed) => {
  const random = seededRandom(seed);
  const waters = Array.from({ length: 300 }, () => ({
    salinity: between(random, 0.01, 41),
    t: between(random, 0, 39),
  }));

  test("there and back is the same salinity", () => {
    for (const { salinity, t } of waters) {
      const conductivity = conductivityFromSalinityMsCm(salinity, t) as number;
      expect(salinityFromConductivity(conductivity, t)).toBeCloseTo(salinity, 9);
    }
  });

  test("conductivity rises with salt and with warmth", () => {
    for (const { salinity, t } of waters) {
      const conductivity = conductivityFromSalinityMsCm(salinity, t) as number;
      expect(conductivityFromSalinityMsCm(salinity + 0.01, t)).toBeGreaterThan(conductivity);
      expect(conductivityFromSalinityMsCm(salinity, t + 0.5)).toBeGreaterThan(conductivity);
    }
  });
});
