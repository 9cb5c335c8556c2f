import { describe, expect, test } from "vitest";
import { createWeather } from "./sky/weather.ts";
import { createWorld } from "./world.ts";

const hour = 3_600_000;
const day = 24 * hour;
const hue = {
  id: "ao-1",
  latitude: 16.5,
  longitude: 107.5,
  pond: { stock: "fish", isTended: false },
} as const;
/** Midnight in Viet Nam. */
const midnight = Date.UTC(2026, 4, 31, 17);
const seeds = [1, 2, 3, 4, 5];
const days = 30;

interface Sample {
  readonly hour: number;
  readonly value: number;
}

/** One quantity every quarter of an hour, day by day. */
function daysOf(
  seed: number,
  kind: "soil" | "pond" | "shed",
  quantity: string,
  startMs = midnight,
): Sample[][] {
  const { site } = createWorld(seed, startMs).spot(hue, kind);
  return Array.from({ length: days }, (_, d) =>
    Array.from({ length: 96 }, (_, quarter) => {
      const atMs = startMs + d * day + quarter * (hour / 4);
      site.advanceTo(atMs);
      return { hour: quarter / 4, value: site.truthAt(atMs)[quantity]! };
    }),
  );
}

const lowest = (samples: readonly Sample[]) => samples.reduce((a, b) => (b.value < a.value ? b : a));
const highest = (samples: readonly Sample[]) => samples.reduce((a, b) => (b.value > a.value ? b : a));
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe.each(seeds)("with seed %i", (seed) => {
  test("a pond has least oxygen before the morning sun and most in the afternoon", () => {
    const oxygen = daysOf(seed, "pond", "water.dissolvedOxygen");
    const hoursOfLeast = oxygen.map((samples) => lowest(samples).hour);
    expect(median(hoursOfLeast)).toBeGreaterThanOrEqual(3);
    expect(median(hoursOfLeast)).toBeLessThanOrEqual(7);
    const hoursOfMost = oxygen.map((samples) => highest(samples).hour);
    expect(median(hoursOfMost)).toBeGreaterThanOrEqual(13);
    expect(median(hoursOfMost)).toBeLessThanOrEqual(17.5);
    for (const { value } of oxygen.flat()) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(25);
    }
  });

  test("air is coldest near sunrise and warmest in the early afternoon, in a range that Viet Nam knows", () => {
    const air = daysOf(seed, "soil", "air.temperature");
    expect(median(air.map((samples) => lowest(samples).hour))).toBeGreaterThanOrEqual(4);
    expect(median(air.map((samples) => lowest(samples).hour))).toBeLessThanOrEqual(7);
    expect(median(air.map((samples) => highest(samples).hour))).toBeGreaterThanOrEqual(12);
    expect(median(air.map((samples) => highest(samples).hour))).toBeLessThanOrEqual(15);
    for (const { value } of air.flat()) {
      expect(value).toBeGreaterThan(18);
      expect(value).toBeLessThan(42);
    }
  });

  test("a shed's ammonia is worse in the night than at noon, when the fans run", () => {
    const ammonia = daysOf(seed, "shed", "air.nh3", Date.UTC(2026, 0, 1, 17)).flat();
    const at = (from: number, to: number) =>
      median(ammonia.filter(({ hour }) => hour >= from && hour < to).map(({ value }) => value));
    expect(at(2, 6)).toBeGreaterThan(1.2 * at(11, 15));
  });

  test("soil dries between rains, and is wetted by them, within what soil can hold", () => {
    const moisture = daysOf(seed, "soil", "soil.moisture").flat();
    const steps = moisture.slice(1).map(({ value }, i) => value - moisture[i]!.value);
    expect(steps.filter((step) => step < 0).length).toBeGreaterThan(steps.length / 4);
    expect(Math.max(...steps)).toBeGreaterThan(0.2);
    for (const { value } of moisture) {
      expect(value).toBeGreaterThan(5);
      expect(value).toBeLessThan(55);
    }
  });
});

test("the rain of October in Huế is many times that of March", () => {
  const monthOf = (month: number) =>
    seeds.reduce((sum, seed) => {
      const weather = createWeather({ seed, ...hue });
      const startMs = Date.UTC(2026, month, 1);
      for (let h = 0; h < 30 * 24; h++) sum += weather.at(startMs + h * hour).rain;
      return sum;
    }, 0) / seeds.length;
  expect(monthOf(9)).toBeGreaterThan(4 * monthOf(2));
});

test("the sun does not shine at midnight, and shines in every land at noon", () => {
  const weather = createWeather({ seed: 1, ...hue });
  for (let d = 0; d < 365; d++) {
    expect(weather.at(midnight + d * day).irradiance).toBe(0);
    expect(weather.at(midnight + d * day + 12 * hour).irradiance).toBeGreaterThan(50);
  }
});

test.each([
  ["soil", "irrigate", "soil.moisture", 1],
  ["pond", "aerate", "water.dissolvedOxygen", 0.5],
  ["shed", "ventilate", "air.nh3", -0.5],
] as const)("a %s feels that it was told to %s", (kind, action, quantity, atLeast) => {
  const startMs = Date.UTC(2026, 0, 1, 17);
  const changeOver = (actions: readonly string[]) => {
    const { site } = createWorld(1, startMs).spot(hue, kind);
    site.advanceTo(startMs + 2 * hour);
    const before = site.truthAt(startMs + 2 * hour)[quantity]!;
    for (const name of actions) site.switchOn(name, startMs + 3 * hour);
    site.advanceTo(startMs + 3 * hour);
    return site.truthAt(startMs + 3 * hour)[quantity]! - before;
  };
  const felt = changeOver([action]) - changeOver([]);
  if (atLeast > 0) expect(felt).toBeGreaterThan(atLeast);
  else expect(felt).toBeLessThan(atLeast);
});

test("the world at a time does not depend on who asked before", () => {
  const late = createWorld(3, midnight).spot(hue, "pond").site;
  late.advanceTo(midnight + day);
  const often = createWorld(3, midnight).spot(hue, "pond").site;
  for (let atMs = midnight; atMs <= midnight + day; atMs += 7_000) often.advanceTo(atMs);
  often.advanceTo(midnight + day);
  expect(often.truthAt(midnight + day)).toEqual(late.truthAt(midnight + day));
});
