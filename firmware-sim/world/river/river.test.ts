import { describe, expect, test } from "vitest";
import { createSite } from "../site.ts";
import { createWeather } from "../sky/weather.ts";
import { day, hour } from "../testing/live.ts";
import { catchmentAfter, flowMmDay, salinityAtKm } from "./estuary.ts";
import { riverModel } from "./river.ts";
import { sluiceModel } from "./sluice.ts";
import { tideAt } from "./tide.ts";

const mekong = { latitude: 9.8, longitude: 106.3 };

/** Times of high water over some days, to the minute. */
function highWaters(latitude: number, days: number): number[] {
  const tide = tideAt(latitude, 7);
  const times: number[] = [];
  for (let atMs = 0; atMs < days * day; atMs += 60_000) {
    if (tide(atMs) > tide(atMs - 60_000) && tide(atMs) >= tide(atMs + 60_000)) times.push(atMs);
  }
  return times;
}

describe("the tide", () => {
  test("comes once a day in the Gulf of Tonkin and twice in the south", () => {
    expect(highWaters(20.7, 300).length / 300).toBeLessThan(1.3);
    const south = highWaters(10, 300).length / 300;
    expect(south).toBeGreaterThan(1.7);
    expect(south).toBeLessThan(1.95);
  });

  test("is small at Huế and more than three metres from lowest to highest in the south", () => {
    const range = (latitude: number) => {
      const tide = tideAt(latitude, 7);
      const levels = Array.from({ length: 24 * 60 }, (_, h) => tide(h * hour));
      return Math.max(...levels) - Math.min(...levels);
    };
    expect(range(16.6)).toBeLessThan(0.8);
    expect(range(10)).toBeGreaterThan(2.8);
    expect(range(10)).toBeLessThan(4.4);
  });

  test("of Tonkin swells and fades with the fortnight in which K1 and O1 meet again: 13.66 days", () => {
    const tide = tideAt(20.7, 7);
    const daily = Array.from({ length: 164 }, (_, d) =>
      Math.max(...Array.from({ length: 25 }, (_, h) => tide(d * day + h * hour))),
    );
    const springs = daily.filter(
      (m, d) => d > 0 && d < 163 && m > daily[d - 1]! && m >= daily[d + 1]! && m > 1,
    );
    expect(springs.length).toBeGreaterThanOrEqual(11);
    expect(springs.length).toBeLessThanOrEqual(13);
  });
});

describe("salt in the river", () => {
  test("falls off inland by a factor e over each length, and reaches further with the tide", () => {
    const low = 0.25;
    expect(salinityAtKm(0, low, 0)).toBeCloseTo(32, 6);
    expect((salinityAtKm(40, low, 0) - 0.08) / (salinityAtKm(20, low, 0) - 0.08)).toBeCloseTo(
      Math.exp(-1),
      6,
    );
    expect(salinityAtKm(30, low, 1)).toBeGreaterThan(salinityAtKm(30, low, -1));
    expect(salinityAtKm(30, 4, 0)).toBeLessThan(salinityAtKm(30, low, 0) / 5);
  });

  test("the flow of a catchment falls by half in four weeks without rain", () => {
    const after = catchmentAfter(100, 0, 28 * 24);
    expect(after / 100).toBeCloseTo(0.497, 2);
    expect(flowMmDay(after)).toBeLessThan(flowMmDay(100));
  });

  const highest = (fromMs: number, seaKm: number, days = 15) => {
    const weather = createWeather({ seed: 3, ...mekong, climateEvents: false });
    const parts = { seed: 3, place: { id: "cong-1", ...mekong, river: { seaKm } }, weather, startMs: fromMs };
    const site = createSite(riverModel(parts), weather, fromMs);
    return Math.max(
      ...Array.from({ length: days * 24 }, (_, h) => site.truthAt(fromMs + h * hour)["water.salinity"]!),
    );
  };

  test("passes 3 ‰ at 30 km in April, is fresh there in October, and is less further up", () => {
    const april = Date.UTC(2026, 3, 10);
    expect(highest(april, 30)).toBeGreaterThan(3);
    expect(highest(Date.UTC(2026, 9, 10), 30)).toBeLessThan(0.5);
    expect(highest(april, 50)).toBeLessThan(highest(april, 30) / 2);
  });
});

describe("behind a sluice", () => {
  const april = Date.UTC(2026, 3, 10);
  function canal(isTended: boolean) {
    const weather = createWeather({ seed: 3, ...mekong, climateEvents: false });
    const parts = {
      seed: 3,
      place: { id: "cong-1", ...mekong, river: { seaKm: 25, isTended } },
      weather,
      startMs: april,
    };
    return createSite(sluiceModel(parts), weather, april);
  }
  const saltAfterDays = (site: ReturnType<typeof canal>, days: number) => {
    site.advanceTo(april + days * day);
    return site.truthAt(april + days * day)["water.salinity"]!;
  };

  test("a keeper lets no salt in, and a gate that nobody shuts lets it all in", () => {
    expect(saltAfterDays(canal(true), 5)).toBeLessThan(1);
    expect(saltAfterDays(canal(false), 5)).toBeGreaterThan(2);
  });

  test("opened by mistake it turns salty in hours; shut, it freshens over weeks", () => {
    const site = canal(true);
    site.advanceTo(april);
    site.switchOn("open-sluice", april + day);
    const salty = saltAfterDays(site, 1);
    expect(salty).toBeGreaterThan(1.5);
    expect(saltAfterDays(site, 3)).toBeLessThan(salty);
    expect(saltAfterDays(site, 3)).toBeGreaterThan(0.6 * salty);
    expect(saltAfterDays(site, 40)).toBeLessThan(0.3 * salty);
  });

  test("an untended gate can be told to shut", () => {
    const site = canal(false);
    const salty = saltAfterDays(site, 3);
    site.switchOn("shut-sluice", april + 23 * day);
    expect(saltAfterDays(site, 23)).toBeLessThan(0.5 * salty);
  });
});
