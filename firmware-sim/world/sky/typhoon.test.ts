import { describe, expect, test } from "vitest";
import { day, hour } from "../testing/live.ts";
import { createAlmanac } from "./events.ts";
import { type Typhoon, typhoonAt, typhoonSpan } from "./typhoon.ts";
import { createWeather } from "./weather.ts";

const landfallMs = Date.UTC(2026, 8, 20, 12);
const typhoon: Typhoon = { kind: "typhoon", landfallMs, latitude: 18.2, windMs: 40 };
const haTinh = { latitude: 18.35, longitude: 105.9 };
const hanoi = { latitude: 21.0, longitude: 105.8 };
const canTho = { latitude: 10.03, longitude: 105.77 };
const hours = Array.from({ length: 130 }, (_, h) => landfallMs + (h - 60) * hour);

describe("a typhoon of 40 m/s that lands at Hà Tĩnh", () => {
  const there = hours.map((atMs) => typhoonAt(typhoon, haTinh, atMs));

  test("brings a storm's wind, a deep fall of pressure and a hundred and more millimetres in two days", () => {
    expect(Math.max(...there.map(({ windMs }) => windMs))).toBeGreaterThan(17);
    const deepest = Math.max(...there.map(({ deficitHpa }) => deficitHpa));
    expect(deepest).toBeGreaterThan(20);
    expect(deepest).toBeLessThan(45);
    const rain = there.reduce((sum, { rainMmH }) => sum + rainMmH, 0);
    expect(rain).toBeGreaterThan(100);
    expect(rain).toBeLessThan(400);
    const wetHours = there.filter(({ rainMmH }) => rainMmH > 0.5).length;
    expect(wetHours).toBeGreaterThan(24);
    expect(wetHours).toBeLessThan(72);
  });

  test("turns the wind round as it passes, and dies over land", () => {
    const windFrom = (h: number) => typhoonAt(typhoon, haTinh, landfallMs + h * hour).windFromDeg;
    const turned = Math.abs(windFrom(-15) - windFrom(15));
    expect(Math.min(turned, 360 - turned)).toBeGreaterThan(90);
    expect(there.at(-1)!.windMs).toBeLessThan(1);
  });

  test("is a windy wet day in Hà Nội and nothing in Cần Thơ", () => {
    const most = (place: typeof hanoi) =>
      Math.max(...hours.map((atMs) => typhoonAt(typhoon, place, atMs).windMs));
    expect(most(hanoi)).toBeLessThan(12);
    expect(most(hanoi)).toBeGreaterThan(2);
    expect(most(canTho)).toBeLessThan(2);
  });

  test("is begun and over within its span", () => {
    const { fromMs, toMs } = typhoonSpan(typhoon);
    for (const atMs of [fromMs, toMs]) {
      const { rainMmH, cloud } = typhoonAt(typhoon, haTinh, atMs);
      expect(rainMmH).toBeLessThan(0.1);
      expect(cloud).toBeLessThan(0.3);
    }
  });

  test("is seen by the weather: dark, wet, stormy, low pressure", () => {
    const weather = createWeather({ seed: 1, ...haTinh, events: [typhoon], climateEvents: false });
    const calm = createWeather({ seed: 1, ...haTinh, climateEvents: false });
    const noonMs = Date.UTC(2026, 8, 20, 5);
    expect(weather.at(noonMs).irradiance).toBeLessThan(150);
    expect(weather.at(landfallMs).wind).toBeGreaterThan(10);
    expect(weather.at(landfallMs).pressure).toBeLessThan(calm.at(landfallMs).pressure - 15);
    expect(weather.at(landfallMs + 5 * day)).toEqual(calm.at(landfallMs + 5 * day));
  });
});

describe("by climate", () => {
  const typhoonsOf = (year: number) => {
    const almanac = createAlmanac(5, haTinh, [], true);
    const events = almanac(Date.UTC(year, 0, 5), Date.UTC(year, 11, 31));
    return events.filter((event) => event.kind === "typhoon");
  };

  test("some five a year cross the coast, in the north in July and in the south at the end of the year", () => {
    const all = Array.from({ length: 60 }, (_, n) => typhoonsOf(1990 + n)).flat();
    expect(all.length / 60).toBeGreaterThan(4);
    expect(all.length / 60).toBeLessThan(7);
    const meanLatitude = (month: number) => {
      const those = all.filter(({ landfallMs: atMs }) => new Date(atMs).getUTCMonth() + 1 === month);
      return those.reduce((sum, { latitude }) => sum + latitude, 0) / those.length;
    };
    expect(meanLatitude(7)).toBeGreaterThan(19);
    expect(meanLatitude(11)).toBeLessThan(14.5);
  });

  test("foehn blows in the centre in early summer and nowhere in the delta of the south", () => {
    const foehns = (place: typeof hanoi) =>
      createAlmanac(
        5,
        place,
        [],
        true,
      )(Date.UTC(2026, 0, 5), Date.UTC(2026, 11, 31)).filter(({ kind }) => kind === "foehn");
    expect(foehns(haTinh).length).toBe(8);
    expect(foehns(canTho)).toEqual([]);
  });

  test("what is ordered replaces what comes by itself", () => {
    const ordered = { kind: "overcast", fromMs: landfallMs, toMs: landfallMs + day } as const;
    const almanac = createAlmanac(5, haTinh, [ordered], false);
    expect(almanac(Date.UTC(2026, 0, 5), Date.UTC(2026, 11, 31))).toEqual([ordered]);
  });
});
