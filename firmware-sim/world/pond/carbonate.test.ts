import { expect, test } from "vitest";
import { carbonateConstants, carbonDioxideInBalanceMmolL, carbonDioxideMmolL, phOf } from "./carbonate.ts";

const fresh25 = carbonateConstants(25, 0);

test("the constants at 25 °C are those of the textbooks: 6.35, 10.33, 14.00", () => {
  expect(-Math.log10(fresh25.k1)).toBeCloseTo(6.35, 2);
  expect(-Math.log10(fresh25.k2)).toBeCloseTo(10.33, 2);
  expect(-Math.log10(fresh25.kw)).toBeCloseTo(14, 1);
});

test("salt lets ions part more easily: in sea water pK1 is near 5.9", () => {
  expect(-Math.log10(carbonateConstants(25, 35).k1)).toBeGreaterThan(5.8);
  expect(-Math.log10(carbonateConstants(25, 35).k1)).toBeLessThan(6.25);
});

test("13 to 15 µmol/L of CO2 dissolve under the open air at 25 °C, more when it is cold", () => {
  expect(carbonDioxideInBalanceMmolL(25) * 1000).toBeGreaterThan(13);
  expect(carbonDioxideInBalanceMmolL(25) * 1000).toBeLessThan(15);
  expect(carbonDioxideInBalanceMmolL(10)).toBeGreaterThan(1.4 * carbonDioxideInBalanceMmolL(25));
});

/** The carbon that water of this alkalinity holds when it is in balance with the air, by halving. */
function carbonInBalance(alkalinityMeqL: number): number {
  let [low, high] = [0, 10];
  for (let n = 0; n < 60; n++) {
    const carbonMmolL = (low + high) / 2;
    const water = { alkalinityMeqL, carbonMmolL };
    const isTooMuch =
      carbonDioxideMmolL(water, fresh25, phOf(water, fresh25, 8)) > carbonDioxideInBalanceMmolL(25);
    if (isTooMuch) high = carbonMmolL;
    else low = carbonMmolL;
  }
  return low;
}

test("rain water has pH 5.6, hard water of 2 meq/L in balance with the air 8.4", () => {
  const ph = (alkalinityMeqL: number) =>
    phOf({ alkalinityMeqL, carbonMmolL: carbonInBalance(alkalinityMeqL) }, fresh25, 7);
  expect(ph(0)).toBeCloseTo(5.6, 1);
  expect(Math.abs(ph(2) - 8.45)).toBeLessThan(0.15);
});

test("wherever it begins to look, it finds the same pH, and the alkalinity it came from", () => {
  for (const alkalinityMeqL of [0.3, 1, 2, 4]) {
    for (const carbonMmolL of [0.6, 1, 2, 4]) {
      const water = { alkalinityMeqL, carbonMmolL };
      const found = [4, 6, 8, 10.5].map((nearPh) => phOf(water, fresh25, nearPh));
      for (const ph of found) expect(ph).toBeCloseTo(found[0]!, 4);
      const h = 10 ** -found[0]!;
      if (found[0]! > 10.99) continue;
      const { k1, k2, kw } = fresh25;
      const fromCarbon = (carbonMmolL * (k1 * h + 2 * k1 * k2)) / (h * h + k1 * h + k1 * k2);
      expect(fromCarbon + 1000 * (kw / h - h)).toBeCloseTo(alkalinityMeqL, 3);
    }
  }
});

test("algae that take carbon raise the pH, breath lowers it", () => {
  const at = (carbonMmolL: number) => phOf({ alkalinityMeqL: 2, carbonMmolL }, fresh25, 8);
  expect(at(1.7)).toBeGreaterThan(9);
  expect(at(2)).toBeLessThan(8.6);
  expect(at(2.3)).toBeLessThan(7.3);
});
