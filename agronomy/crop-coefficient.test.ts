import { describe, expect, test } from "vitest";
import { climateAdjustedKc, cropCoefficient } from "./crop-coefficient.ts";
import { crops } from "./crops.ts";

describe("a rice season of 30, 30, 60 and 30 days", () => {
  const stages = { initialDays: 30, developmentDays: 30, midDays: 60, lateDays: 30 };
  test.each([
    { day: 0, kc: 1.05 },
    { day: 30, kc: 1.05 },
    { day: 45, kc: 1.125 },
    { day: 60, kc: 1.2 },
    { day: 120, kc: 1.2 },
    { day: 135, kc: 0.975 },
    { day: 150, kc: 0.75 },
    { day: 200, kc: 0.75 },
  ])("day $day: $kc", ({ day, kc }) => {
    expect(cropCoefficient(crops.rice, stages, day)).toBeCloseTo(kc, 10);
  });

  test("a stage of no days is stepped over", () => {
    const sudden = { initialDays: 10, developmentDays: 0, midDays: 10, lateDays: 10 };
    expect(cropCoefficient(crops.rice, sudden, 10)).toBe(1.05);
    expect(cropCoefficient(crops.rice, sudden, 11)).toBe(1.2);
  });
});

describe("FAO-56 example 27: maize of 2 m", () => {
  test("in humid, calm Taipei 1.07, in windy Mocha 1.30", () => {
    expect(climateAdjustedKc(1.2, { windSpeed2mMs: 1.3, minHumidityPct: 75, heightM: 2 })).toBeCloseTo(
      1.07,
      2,
    );
    expect(climateAdjustedKc(1.2, { windSpeed2mMs: 4.6, minHumidityPct: 44, heightM: 2 })).toBeCloseTo(
      1.3,
      2,
    );
  });

  test("a crop left to dry keeps its table value, and the tables' own climate changes nothing", () => {
    expect(climateAdjustedKc(0.35, { windSpeed2mMs: 5, minHumidityPct: 30, heightM: 2 })).toBe(0.35);
    expect(climateAdjustedKc(1.2, { windSpeed2mMs: 2, minHumidityPct: 45, heightM: 2 })).toBe(1.2);
  });
});

test("every crop's values are possible", () => {
  for (const [name, crop] of Object.entries(crops)) {
    const { kcInitial, kcMid, kcEnd, heightM, rootDepthM, depletionFraction } = crop;
    for (const kc of [kcInitial, kcMid, kcEnd]) {
      expect(kc, name).toBeGreaterThan(0);
      expect(kc, name).toBeLessThanOrEqual(1.25);
    }
    expect(heightM, name).toBeGreaterThan(0);
    expect(rootDepthM[0], name).toBeLessThan(rootDepthM[1]);
    expect(depletionFraction, name).toBeGreaterThanOrEqual(0.2);
    expect(depletionFraction, name).toBeLessThanOrEqual(0.65);
  }
});
