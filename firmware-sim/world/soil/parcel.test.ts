import { describe, expect, test } from "vitest";
import { crops, soilTextures, totalAvailableWaterMm, waterBalance } from "../../../agronomy/index.ts";
import { createWeather } from "../sky/weather.ts";
import { day, hour, live } from "../testing/live.ts";
import type { ParcelCrop } from "./crop-season.ts";
import { hydraulicsOf, type TextureName } from "./hydraulics.ts";
import { type ParcelState, type ParcelTraits, parcelModel } from "./parcel.ts";
import { contentOf, profileAt, rootZone } from "./water-profile.ts";

const startMs = Date.UTC(2026, 7, 31, 17);
const hue = { latitude: 16.5, longitude: 107.5 };

function parcel(seed: number, parcelTraits: Partial<ParcelTraits> = {}, rain = true) {
  const drought = { kind: "drought", fromMs: startMs - 90 * day, toMs: startMs + 400 * day } as const;
  const weather = createWeather({ seed, ...hue, events: rain ? [] : [drought], climateEvents: rain });
  const place = { id: "ruong-1", ...hue, parcel: parcelTraits };
  return { weather, model: parcelModel({ seed, place, weather, startMs }) };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const waterIn = ({ profile }: ParcelState) => total(profile.waterMm) + profile.pondedMm;
const saltIn = ({ profile }: ParcelState) => total(profile.saltG) + profile.pondedSaltG;

describe.each(["sandy-loam", "clay-loam", "clay"] as const)("on %s", (texture) => {
  test.each([1, 2])("through a season of rain (seed %i), water and salt are where they went", (seed) => {
    const { weather, model } = parcel(seed, { texture, irrigationSalinity: 0.5 });
    const begin = model.put(model.start, "fertiliserKgHa", 300);
    const end = live(model, begin, { weather, fromMs: startMs, days: 60 });
    const { profile, usedMm, suppliedMm } = end;
    expect(suppliedMm).toBeGreaterThan(300);
    const leftMm = profile.runOffMm + profile.drainedMm + usedMm;
    expect(waterIn(end) - waterIn(begin)).toBeCloseTo(suppliedMm - leftMm, 6);
    const leftSaltG = profile.runOffSaltG + profile.drainedSaltG;
    const gainedSaltG = end.suppliedSaltG - begin.suppliedSaltG;
    expect(saltIn(end) - saltIn(begin)).toBeCloseTo(gainedSaltG - leftSaltG, 6);
  });

  test("no layer is ever drier than the wilting point or wetter than saturation", () => {
    const { wiltingPoint, saturation } = soilTextures[texture];
    for (const rain of [true, false]) {
      const { weather, model } = parcel(4, { texture, isTended: false }, rain);
      let [driest, wettest] = [1, 0];
      live(model, model.start, {
        weather,
        fromMs: startMs,
        days: 50,
        after({ profile }) {
          for (const layer of [0, 1, 2, 3]) {
            driest = Math.min(driest, contentOf(profile, layer));
            wettest = Math.max(wettest, contentOf(profile, layer));
          }
        },
      });
      expect(driest).toBeGreaterThan(wiltingPoint - 1e-9);
      expect(wettest).toBeLessThan(saturation + 1e-9);
    }
  });
});

test.each([
  ["loam", "coffee-bare-ground"],
  ["sandy-loam", "peanut"],
  ["clay-loam", "citrus"],
] as const)("without rain, %s under %s dries day by day as FAO-56's water balance does", (texture, crop) => {
  const sownMs = startMs - 65 * day;
  const { weather, model } = parcel(1, { texture, crop: crop as ParcelCrop, isTended: false, sownMs }, false);
  const soil = hydraulicsOf(texture as TextureName);
  const rootDepthM = Math.min(1, crops[crop].rootDepthM[0]);
  const totalAvailableMm = totalAvailableWaterMm(soil, rootDepthM);
  const { kcMid, depletionFraction } = crops[crop];
  let state: ParcelState = { ...model.start, profile: profileAt(soil.fieldCapacity, 0.5) };
  let depletionMm = 0;
  // Perennials and, in these weeks, the peanut stand in mid-season.
  for (let d = 0; d < 38; d++) {
    const fromMs = startMs + d * day;
    state = live(model, state, { weather, fromMs, days: 1 });
    let et0Mm = 0;
    for (let h = 0; h < 24; h++) et0Mm += Math.max(0, weather.et0MmH(fromMs + h * hour));
    ({ depletionMm } = waterBalance({
      depletionBeforeMm: depletionMm,
      totalAvailableMm,
      depletionFraction,
      cropEtMm: kcMid * et0Mm,
      rainMm: 0,
      irrigationMm: 0,
      capillaryRiseMm: 0,
    }));
    const simulated = rootZone(state.profile, soil, rootDepthM * 1000).depletionMm;
    expect(Math.abs(simulated - depletionMm)).toBeLessThan(0.08 * totalAvailableMm);
  }
  expect(depletionMm).toBeGreaterThan(0.5 * totalAvailableMm);
});

test("a farmer does not let the crop lack water, and a drought without one does", () => {
  const driest = (isTended: boolean) => {
    const { weather, model } = parcel(1, { texture: "loam", crop: "tea", isTended }, false);
    let least = 1;
    live(model, model.start, {
      weather,
      fromMs: startMs,
      days: 60,
      after: ({ profile }) => {
        least = Math.min(least, contentOf(profile, 1));
      },
    });
    return least;
  };
  expect(driest(true)).toBeGreaterThan(0.2);
  expect(driest(false)).toBeLessThan(0.17);
});

test("a soaked sandy loam is back near field capacity in three days", () => {
  const { weather, model } = parcel(1, { texture: "sandy-loam", isTended: false }, false);
  const soil = hydraulicsOf("sandy-loam");
  const soaked = { ...model.start, profile: profileAt(soil.saturation, 0.5) };
  const leftAfter = (days: number) => {
    const { profile } = live(model, soaked, { weather, fromMs: startMs, days });
    return (contentOf(profile, 1) - soil.fieldCapacity) / (soil.saturation - soil.fieldCapacity);
  };
  expect(leftAfter(0.5)).toBeGreaterThan(0.5);
  expect(leftAfter(3)).toBeLessThan(0.25);
});

test("a cloudburst runs off from clay and soaks into sandy loam", () => {
  const runOffMm = (texture: TextureName) => {
    const [fromMs, toMs] = [startMs + hour, startMs + 3 * hour];
    const events = [{ kind: "heavy-rain", fromMs, toMs, mm: 120 }] as const;
    const weather = createWeather({ seed: 1, ...hue, events, climateEvents: false });
    const place = { id: "ruong-1", ...hue, parcel: { texture, isTended: false } };
    const model = parcelModel({ seed: 1, place, weather, startMs });
    return live(model, model.start, { weather, fromMs: startMs, days: 1 }).profile.runOffMm;
  };
  expect(runOffMm("clay")).toBeGreaterThan(60);
  expect(runOffMm("sandy-loam")).toBeLessThan(40);
});

test("fertiliser raises the conductivity, and the monsoon washes it out", () => {
  const { weather, model } = parcel(2, { texture: "sandy-loam", isTended: false });
  const ec = (state: ParcelState) => model.truth(state, startMs, weather.at(startMs), 5)["soil.ec"]!;
  const fertilised = model.put(model.start, "fertiliserKgHa", 500);
  expect(ec(fertilised)).toBeGreaterThan(1.3 * ec(model.start));
  const washed = live(model, fertilised, { weather, fromMs: startMs, days: 90 });
  expect(ec(washed)).toBeLessThan(0.7 * ec(fertilised));
});

test("soil is coolest in the morning and warmest in the evening at 20 cm, with a fraction of the air's swing", () => {
  const { weather, model } = parcel(1, { crop: "tea", isTended: false }, false);
  const settled = live(model, model.start, { weather, fromMs: startMs, days: 10 });
  const days = 20;
  const byHour = new Array<number>(24).fill(0);
  live(model, settled, {
    weather,
    fromMs: startMs + 10 * day,
    days,
    after(state, { middleMs, sky }) {
      const celsius = model.truth(state, middleMs, sky, 20)["soil.temperature"]!;
      byHour[Math.floor((middleMs - startMs) / hour) % 24]! += celsius / (6 * days);
    },
  });
  const warmest = Math.max(...byHour);
  const coolest = Math.min(...byHour);
  expect(byHour.indexOf(warmest)).toBeGreaterThanOrEqual(16);
  expect(byHour.indexOf(warmest)).toBeLessThanOrEqual(21);
  expect(byHour.indexOf(coolest)).toBeGreaterThanOrEqual(6);
  expect(byHour.indexOf(coolest)).toBeLessThanOrEqual(11);
  expect(warmest - coolest).toBeGreaterThan(0.5);
  expect(warmest - coolest).toBeLessThan(5);
});
