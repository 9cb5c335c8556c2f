import { describe, expect, test } from "vitest";
import { createWeather } from "../sky/weather.ts";
import { day, hour, live } from "../testing/live.ts";
import { contentAtCm, levelM, saltGL } from "./field-water.ts";
import { type PaddyState, type PaddyTraits, paddyModel } from "./paddy.ts";

const startMs = Date.UTC(2026, 4, 31, 17);
const hue = { latitude: 16.5, longitude: 107.5 };
const mekong = { latitude: 9.8, longitude: 106.3 };

function paddy(
  seed: number,
  traits: Partial<PaddyTraits>,
  { rain = true, where = hue, fromMs = startMs } = {},
) {
  const drought = { kind: "drought", fromMs: fromMs - 200 * day, toMs: fromMs + 400 * day } as const;
  const weather = createWeather({ seed, ...where, events: rain ? [] : [drought], climateEvents: rain });
  const place = { id: "lua-1", ...where, paddy: { sownMs: fromMs, ...traits } };
  const model = paddyModel({ seed, place, weather, startMs: fromMs });
  const begin: PaddyState = { ...model.start, field: { ...model.start.field, heightMm: 50 } };
  return { weather, model, begin };
}

const levelsCm = (seed: number, traits: Partial<PaddyTraits>, days: number, options = {}) => {
  const { weather, model, begin } = paddy(seed, traits, options);
  const seen: number[] = [];
  live(model, begin, {
    weather,
    fromMs: startMs,
    days,
    after: ({ field }) => void seen.push(levelM(field) * 100),
  });
  return seen;
};

describe.each([1, 2, 3, 4])("through a season (seed %i)", (seed) => {
  test.each([
    ["awd", null],
    ["flooded", 25],
  ] as const)("water and salt of a field under %s are where they went", (practice, sluiceKm) => {
    const where = sluiceKm === null ? hue : mekong;
    const { weather, model, begin } = paddy(seed, { practice, sluiceKm }, { where });
    const fed = model.put(begin, "fertiliserKgHa", 200);
    const end = live(model, fed, { weather, fromMs: startMs, days: 105 });
    const { field } = end;
    const leftMm = field.overflowMm + field.percolatedMm + field.usedMm;
    expect(end.suppliedMm).toBeGreaterThan(300);
    expect(field.heightMm - fed.field.heightMm).toBeCloseTo(end.suppliedMm - leftMm, 6);
    const leftSaltG = field.overflowSaltG + field.percolatedSaltG;
    expect(field.saltG - fed.field.saltG).toBeCloseTo(end.suppliedSaltG - fed.suppliedSaltG - leftSaltG, 6);
    expect(field.saltG).toBeGreaterThan(0);
  });
});

test("under alternate wetting and drying the water sinks to 15 cm below ground, and is brought back to 5 cm above", () => {
  const levels = levelsCm(1, { practice: "awd" }, 60, { rain: false });
  const inSeason = levels.slice(15 * 144);
  expect(Math.min(...inSeason)).toBeLessThan(-14.5);
  expect(Math.min(...inSeason)).toBeGreaterThan(-16.5);
  const afterDrying = inSeason.slice(inSeason.findIndex((cm) => cm <= -14.9));
  expect(Math.max(...afterDrying.slice(0, 2 * 144))).toBeGreaterThan(4.5);
  // IRRI: one wetting lasts from a few days to more than ten.
  const refloods = inSeason.filter((cm, n) => n > 0 && inSeason[n - 1]! < 0 && cm >= 0).length;
  expect(refloods).toBeGreaterThanOrEqual(3);
  expect(refloods).toBeLessThanOrEqual(9);
});

test("seedlings and flowering rice stand in water, also under alternate wetting and drying", () => {
  const levels = levelsCm(2, { practice: "awd" }, 90, { rain: false });
  const dayOf = (d: number) => levels.slice(d * 144, (d + 1) * 144);
  for (const d of [3, 8, 12, 72, 75, 80]) expect(Math.min(...dayOf(d))).toBeGreaterThan(0);
});

test("a field kept flooded is never dry while it grows, and dry for the harvest", () => {
  const levels = levelsCm(3, { practice: "flooded" }, 105, { rain: false });
  expect(Math.min(...levels.slice(0, 90 * 144))).toBeGreaterThan(1);
  expect(levels.at(-1)).toBeLessThan(0);
});

test("without rain and farmer a field loses 5 to 11 mm a day, until nothing is left to lose", () => {
  const levels = levelsCm(1, { isTended: false }, 100, { rain: false });
  const lostMm = (levels[0]! - levels[3 * 144]!) * 10;
  expect(lostMm / 3).toBeGreaterThan(5);
  expect(lostMm / 3).toBeLessThan(11);
  expect(levels.at(-1)).toBeGreaterThanOrEqual(-60);
  expect(levels.at(-1)).toBeLessThan(-40);
});

test("a bund holds 15 cm, and an open gate lets the water go in half a day", () => {
  const events = [{ kind: "heavy-rain", fromMs: startMs, toMs: startMs + day, mm: 300 }] as const;
  const weather = createWeather({ seed: 1, ...hue, events, climateEvents: false });
  const place = { id: "lua-1", ...hue, paddy: { sownMs: startMs, isTended: false } };
  const model = paddyModel({ seed: 1, place, weather, startMs });
  const flooded = live(model, model.start, { weather, fromMs: startMs, days: 1.2 });
  expect(levelM(flooded.field)).toBeGreaterThan(0.13);
  expect(levelM(flooded.field)).toBeLessThan(0.18);
  expect(flooded.field.overflowMm).toBeGreaterThan(100);
  const fromMs = startMs + 1.2 * day;
  const drained = live(model, flooded, { weather, fromMs, days: 0.5, on: ["drain"] });
  expect(levelM(drained.field)).toBeLessThan(0.02);
});

test("water taken at high tide in April makes a field near the sea salty; a farmer who tastes it takes none", () => {
  const april = Date.UTC(2026, 3, 5);
  const saltAfter = (isTended: boolean) => {
    const options = { rain: false, where: mekong, fromMs: april };
    const { weather, model, begin } = paddy(1, { isTended, sluiceKm: 15 }, options);
    const on = isTended ? [] : ["irrigate"];
    const end = live(
      model,
      { ...begin, field: { ...begin.field, heightMm: 0 } },
      { weather, fromMs: april, days: 2, on },
    );
    return saltGL(end.field);
  };
  expect(saltAfter(false)).toBeGreaterThan(4);
  expect(saltAfter(true)).toBeLessThan(1);
});

test("a pump without power moves no water", () => {
  const { weather, model, begin } = paddy(1, { isTended: false }, { rain: false });
  const end = live(model, begin, { weather, fromMs: startMs, days: 1, on: ["irrigate"], isPowered: false });
  expect(end.suppliedMm).toBe(0);
});

test("soil is full below the water and drained above it", () => {
  const field = { ...paddy(1, {}).begin.field, heightMm: -0.12 * 200 };
  expect(levelM(field)).toBeCloseTo(-0.2, 9);
  expect(contentAtCm(field, 30)).toBeCloseTo(0.54, 9);
  expect(contentAtCm(field, 5)).toBeCloseTo(0.42, 9);
});

test("shallow water is warmer at noon than the air in the open, and follows it by night", () => {
  const { weather, model, begin } = paddy(1, { practice: "flooded" }, { rain: false });
  let [noonMore, count] = [0, 0];
  live(model, begin, {
    weather,
    fromMs: startMs,
    days: 20,
    after({ waterC }, { middleMs, sky }) {
      expect(waterC).toBeGreaterThan(10);
      expect(waterC).toBeLessThan(50);
      if (Math.floor((middleMs - startMs) / hour) % 24 !== 13) return;
      noonMore += waterC - sky.airTemperature;
      count++;
    },
  });
  expect(noonMore / count).toBeGreaterThan(1);
});
