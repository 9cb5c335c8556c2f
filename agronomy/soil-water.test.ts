import { describe, expect, test } from "vitest";
import { crops } from "./crops.ts";
import { soilTextures } from "./soil-textures.ts";
import {
  adjustedDepletionFraction,
  depletionFromWaterContentMm,
  readilyAvailableWaterMm,
  totalAvailableWaterMm,
  waterBalance,
  waterContentAtDepletion,
  waterStressCoefficient,
} from "./soil-water.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

test.each([
  { texture: "sand", taw: 70, at40: 0.102, at50: 0.095 },
  { texture: "loamy-sand", taw: 80, at40: 0.128, at50: 0.12 },
  { texture: "sandy-loam", taw: 120, at40: 0.172, at50: 0.16 },
  { texture: "loam", taw: 160, at40: 0.246, at50: 0.23 },
  { texture: "silt-loam", taw: 200, at40: 0.25, at50: 0.23 },
  { texture: "clay-loam", taw: 160, at40: 0.326, at50: 0.31 },
  { texture: "clay", taw: 150, at40: 0.48, at50: 0.465 },
  { texture: "paddy", taw: 180, at40: 0.428, at50: 0.41 },
] as const)("$texture holds $taw mm in a metre", ({ texture, taw, at40, at50 }) => {
  const soil = soilTextures[texture];
  expect(totalAvailableWaterMm(soil, 1)).toBeCloseTo(taw, 6);
  expect(waterContentAtDepletion(soil, 0.4)).toBeCloseTo(at40, 6);
  expect(waterContentAtDepletion(soil, 0.5)).toBeCloseTo(at50, 6);
});

/* FAO-56 example 36: onion, tomato and maize on three soils. */
test.each([
  { soil: "loamy sand", fieldCapacity: 0.15, wiltingPoint: 0.06, taw: [36, 72, 108], raw: [11, 29, 59] },
  { soil: "silt", fieldCapacity: 0.32, wiltingPoint: 0.15, taw: [68, 136, 204], raw: [20, 54, 112] },
  { soil: "silty clay", fieldCapacity: 0.35, wiltingPoint: 0.23, taw: [48, 96, 144], raw: [14, 38, 79] },
])("three crops on $soil reach what FAO-56 says", ({ fieldCapacity, wiltingPoint, taw, raw }) => {
  const plants = [
    { rootDepthM: 0.4, depletionFraction: crops.onion.depletionFraction },
    { rootDepthM: 0.8, depletionFraction: crops.tomato.depletionFraction },
    { rootDepthM: 1.2, depletionFraction: crops["maize-grain"].depletionFraction },
  ];
  const totals = plants.map(({ rootDepthM }) =>
    totalAvailableWaterMm({ fieldCapacity, wiltingPoint }, rootDepthM),
  );
  const ready = plants.map(({ depletionFraction }, i) =>
    readilyAvailableWaterMm(totals[i] as number, depletionFraction),
  );
  expect(totals.map(Math.round)).toEqual(taw);
  expect(ready.map(Math.round)).toEqual(raw);
});

test("p falls on a thirsty day and stays within 0.1..0.8", () => {
  expect(adjustedDepletionFraction(0.5, 5)).toBe(0.5);
  expect(adjustedDepletionFraction(0.5, 8)).toBeCloseTo(0.38, 10);
  expect(adjustedDepletionFraction(0.5, 2)).toBeCloseTo(0.62, 10);
  expect(adjustedDepletionFraction(0.2, 10)).toBe(0.1);
  expect(adjustedDepletionFraction(0.7, 0)).toBe(0.8);
});

test("a probe at field capacity or wetter tells of no depletion", () => {
  expect(depletionFromWaterContentMm(0.31, soilTextures.loam, 0.6)).toBe(0);
  expect(depletionFromWaterContentMm(0.42, soilTextures.loam, 0.6)).toBe(0);
  expect(depletionFromWaterContentMm(0.21, soilTextures.loam, 0.6)).toBeCloseTo(60, 6);
});

test("stress begins at RAW and is total at TAW", () => {
  const stress = (depletionMm: number) =>
    waterStressCoefficient({ depletionMm, totalAvailableMm: 160, readilyAvailableMm: 64 });
  expect([0, 64, 112, 160, 200].map(stress)).toEqual([1, 1, 0.5, 0, 0]);
});

describe("the root zone of tomatoes, TAW 160 mm", () => {
  const day = {
    depletionBeforeMm: 55,
    totalAvailableMm: 160,
    depletionFraction: 0.4,
    cropEtMm: 5,
    rainMm: 0,
    irrigationMm: 0,
    capillaryRiseMm: 0,
  };

  test("a dry day takes what the crop uses", () => {
    const after = waterBalance(day);
    expect(after).toMatchObject({ depletionMm: 60, deepPercolationMm: 0, waterStress: 1, actualEtMm: 5 });
    expect(after.readilyAvailableMm).toBeCloseTo(64, 10);
  });

  test("beyond RAW the crop saves: at 112 mm it uses half", () => {
    const after = waterBalance({ ...day, depletionBeforeMm: 112 });
    expect(after.waterStress).toBeCloseTo(0.5, 10);
    expect(after.depletionMm).toBeCloseTo(114.5, 10);
  });

  test("a storm fills the root zone and the rest runs through", () => {
    const after = waterBalance({ ...day, rainMm: 100 });
    expect(after.depletionMm).toBe(0);
    expect(after.deepPercolationMm).toBeCloseTo(40, 10);
  });

  test("water from below lessens the depletion, never to below nothing", () => {
    expect(waterBalance({ ...day, capillaryRiseMm: 2 }).depletionMm).toBeCloseTo(58, 10);
    expect(waterBalance({ ...day, depletionBeforeMm: 0, capillaryRiseMm: 9 }).depletionMm).toBe(0);
  });
});

test.each([71, 72, 73])("a season keeps its water: in = out + stored (seed %i)", (seed) => {
  const random = seededRandom(seed);
  let depletionMm = between(random, 0, 100);
  for (let round = 0; round < 200; round++) {
    const before = depletionMm;
    const day = {
      depletionBeforeMm: before,
      totalAvailableMm: 120,
      depletionFraction: 0.5,
      cropEtMm: between(random, 0, 9),
      rainMm: random() < 0.3 ? between(random, 0, 120) : 0,
      irrigationMm: random() < 0.1 ? 30 : 0,
      capillaryRiseMm: 0,
    };
    const after = waterBalance(day);
    expect(after.depletionMm).toBeGreaterThanOrEqual(0);
    expect(after.depletionMm).toBeLessThanOrEqual(120);
    const gained = day.rainMm + day.irrigationMm - after.actualEtMm - after.deepPercolationMm;
    expect(before - after.depletionMm).toBeCloseTo(gained, 9);
    depletionMm = after.depletionMm;
  }
});
