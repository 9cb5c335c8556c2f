import { describe, expect, test } from "vitest";
import {
  actualVapourPressureKpa,
  clearSkyRadiationMjM2,
  dayOfYear,
  et0DailyMm,
  et0Hourly,
  extraterrestrialRadiationMjM2,
} from "../../../agronomy/index.ts";
import { day, hour } from "../testing/live.ts";
import type { SkyEvent } from "./events.ts";
import { type Station, stations } from "./stations.ts";
import { createWeather, type Weather } from "./weather.ts";

const station = (name: string) => stations.find((one) => one.name === name)!;
const hue = station("Huế");
/** Midnight in Viet Nam. */
const midnight = (month: number, date: number, year = 2026) => Date.UTC(year, month - 1, date) - 7 * hour;
const weatherOf = ({ latitude, longitude }: Station, seed = 1, events: readonly SkyEvent[] = []) =>
  createWeather({ seed, latitude, longitude, events, climateEvents: false });

interface DaySeen {
  readonly highC: number;
  readonly lowC: number;
  readonly meanC: number;
  readonly humidityPct: number;
  readonly leastHumidityPct: number;
  readonly mostHumidityPct: number;
  readonly rainMm: number;
  readonly solarMjM2: number;
  readonly windMs: number;
  readonly et0Mm: number;
}

/** A day as a station would note it, from a look each hour. */
function seen(weather: Weather, fromMs: number): DaySeen {
  const hours = Array.from({ length: 24 }, (_, h) => fromMs + h * hour);
  const skies = hours.map((atMs) => weather.at(atMs + hour / 2));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const temperatures = skies.map(({ airTemperature }) => airTemperature);
  const humidities = skies.map(({ relativeHumidity }) => relativeHumidity);
  return {
    highC: Math.max(...temperatures),
    lowC: Math.min(...temperatures),
    meanC: mean(temperatures),
    humidityPct: mean(humidities),
    leastHumidityPct: Math.min(...humidities),
    mostHumidityPct: Math.max(...humidities),
    rainMm: weather.rainMm(fromMs, fromMs + day / 2) + weather.rainMm(fromMs + day / 2, fromMs + day),
    solarMjM2: (mean(skies.map(({ irradiance }) => irradiance)) * 86_400) / 1e6,
    windMs: mean(skies.map(({ wind }) => wind)),
    et0Mm: hours.reduce((sum, atMs) => sum + weather.et0MmH(atMs), 0),
  };
}

const daysFrom = (weather: Weather, fromMs: number, count: number) =>
  Array.from({ length: count }, (_, n) => seen(weather, fromMs + n * day));
const meanOf = (days: readonly DaySeen[], name: keyof DaySeen) =>
  days.reduce((sum, one) => sum + one[name], 0) / days.length;

describe.each(["Hà Nội", "Hà Tĩnh", "Huế", "Pleiku", "Cần Thơ"])("in %s", (name) => {
  const place = station(name);
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

  test.each([1, 4, 7, 10])("month %i is what the normals say", (month) => {
    const days = seeds.flatMap((seed) => daysFrom(weatherOf(place, seed), midnight(month, 1), 30));
    expect(Math.abs(meanOf(days, "highC") - place.highC[month - 1]!)).toBeLessThan(1.3);
    expect(Math.abs(meanOf(days, "lowC") - place.lowC[month - 1]!)).toBeLessThan(1.3);
    expect(Math.abs(meanOf(days, "humidityPct") - place.humidityPct[month - 1]!)).toBeLessThan(8);
  });

  test("a year has the normal's rain, on as many days", () => {
    const days = seeds.flatMap((seed) => daysFrom(weatherOf(place, seed), midnight(1, 1), 365));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const wetDays = days.filter(({ rainMm }) => rainMm > 0).length / seeds.length;
    const rainMm = meanOf(days, "rainMm") * 365;
    expect(Math.abs(rainMm / sum(place.rainMm) - 1)).toBeLessThan(0.15);
    // A shower that passes midnight wets two days.
    expect(wetDays / sum(place.wetDays)).toBeGreaterThan(0.9);
    expect(wetDays / sum(place.wetDays)).toBeLessThan(1.3);
  }, 60_000);
});

describe("evapotranspiration", () => {
  test("is, hour by hour, what FAO-56 makes of the same sky", () => {
    const weather = weatherOf(hue);
    for (let h = 0; h < 24 * 20; h++) {
      const fromMs = midnight(5, 1) + h * hour;
      const middleMs = fromMs + hour / 2;
      const sky = weather.at(middleMs);
      const { et0Mm } = et0Hourly({
        latitudeDeg: hue.latitude,
        longitudeDeg: hue.longitude,
        dayOfYear: dayOfYear(middleMs, 7),
        utcHours: (middleMs / hour) % 24,
        altitudeM: hue.altitudeM,
        temperatureC: sky.airTemperature,
        actualVapourPressureKpa: actualVapourPressureKpa(sky.airTemperature, sky.relativeHumidity),
        windSpeed2mMs: sky.wind,
        solarMjM2: (sky.irradiance * 3600) / 1e6,
        clearnessBefore: Math.max(0.3, sky.clearness),
      });
      expect(weather.et0MmH(fromMs)).toBeCloseTo(et0Mm, 9);
    }
  });

  test.each(["Hà Nội", "Huế", "Pleiku", "Cần Thơ"])(
    "of a year in %s agrees with the daily equation",
    (name) => {
      const place = station(name);
      const weather = weatherOf(place, 3);
      const days = daysFrom(weather, midnight(1, 1), 365);
      const daily = days.map((one, n) =>
        et0DailyMm({
          latitudeDeg: place.latitude,
          altitudeM: place.altitudeM,
          dayOfYear: n + 1,
          minTemperatureC: one.lowC,
          maxTemperatureC: one.highC,
          actualVapourPressureKpa:
            (actualVapourPressureKpa(one.lowC, one.mostHumidityPct) +
              actualVapourPressureKpa(one.highC, one.leastHumidityPct)) /
            2,
          windSpeed2mMs: one.windMs,
          solarMjM2: one.solarMjM2,
        }),
      );
      const ofYear = daily.reduce((a, b) => a + b, 0);
      expect(Math.abs((meanOf(days, "et0Mm") * 365) / ofYear - 1)).toBeLessThan(0.1);
      // Lowland and highland Viet Nam evaporates 800 to 1,600 mm a year.
      expect(ofYear).toBeGreaterThan(800);
      expect(ofYear).toBeLessThan(1700);
    },
  );
});

test("the light of a day without clouds adds up to FAO-56's clear-sky radiation", () => {
  const weather = weatherOf(hue);
  for (const month of [1, 4, 7, 10]) {
    const fromMs = midnight(month, 10);
    let clearMjM2 = 0;
    for (let minute = 0; minute < 1440; minute += 5) {
      const { irradiance, clearness } = weather.at(fromMs + minute * 60_000);
      clearMjM2 += ((irradiance / clearness) * 300) / 1e6;
    }
    const ra = extraterrestrialRadiationMjM2(hue.latitude, dayOfYear(fromMs, 7));
    expect(clearMjM2).toBeCloseTo(clearSkyRadiationMjM2(ra, hue.altitudeM), 0);
  }
});

test("what the sky says does not depend on what was asked before", () => {
  const times = Array.from({ length: 300 }, (_, n) => midnight(9, 1) + ((n * 7919) % 300) * 5 * hour);
  const asked = weatherOf(hue);
  const skies = times.map((atMs) => asked.at(atMs));
  for (const [n, atMs] of times.entries()) expect(weatherOf(hue).at(atMs)).toEqual(skies[n]);
});

test("the parts of a day's rain are the whole of it", () => {
  const weather = weatherOf(hue, 2);
  for (let d = 0; d < 60; d++) {
    const fromMs = midnight(10, 1) + d * day;
    let parts = 0;
    for (let n = 0; n < 144; n++)
      parts += weather.rainMm(fromMs + (n * day) / 144, fromMs + ((n + 1) * day) / 144);
    expect(parts).toBeCloseTo(seen(weather, fromMs).rainMm, 9);
  }
});

describe("what is ordered of the sky", () => {
  const haTinh = station("Hà Tĩnh");

  test("a foehn makes hot, dry days with wind from the mountains and no rain", () => {
    const [fromMs, toMs] = [midnight(6, 10), midnight(6, 14)];
    for (const seed of [1, 2, 3]) {
      const weather = weatherOf(haTinh, seed, [{ kind: "foehn", fromMs, toMs, highC: 39 }]);
      for (const one of daysFrom(weather, fromMs, 4)) {
        expect(one.highC).toBeGreaterThan(38);
        expect(one.lowC).toBeGreaterThan(26);
        expect(one.leastHumidityPct).toBeLessThan(50);
        expect(one.rainMm).toBe(0);
      }
      const { wind, windFrom } = weather.at(fromMs + 38 * hour);
      expect(wind).toBeGreaterThan(3);
      expect(Math.abs(windFrom - 250)).toBeLessThan(25);
    }
  });

  test("a cold spell brings rét hại: days whose mean is below 13 °C", () => {
    const [fromMs, toMs] = [midnight(1, 10), midnight(1, 15)];
    const weather = weatherOf(station("Hà Nội"), 4, [{ kind: "cold-spell", fromMs, toMs, meanC: 10 }]);
    for (const one of daysFrom(weather, fromMs, 5)) {
      expect(one.meanC).toBeLessThan(12);
      expect(one.meanC).toBeGreaterThan(0);
    }
  });

  test("a drought has no rain, and ends", () => {
    const [fromMs, toMs] = [midnight(9, 1), midnight(10, 1)];
    const weather = weatherOf(haTinh, 1, [{ kind: "drought", fromMs, toMs }]);
    expect(daysFrom(weather, fromMs, 30).every(({ rainMm }) => rainMm === 0)).toBe(true);
    expect(daysFrom(weather, toMs, 30).some(({ rainMm }) => rainMm > 10)).toBe(true);
  });

  test("a heavy rain brings what was ordered on top of the usual, in grey light", () => {
    const [fromMs, toMs] = [midnight(4, 10) + 6 * hour, midnight(4, 11) + 6 * hour];
    const without = weatherOf(haTinh);
    const weather = weatherOf(haTinh, 1, [{ kind: "heavy-rain", fromMs, toMs, mm: 180 }]);
    const rainIn = (one: Weather) =>
      Array.from({ length: 72 }, (_, h) =>
        one.rainMm(midnight(4, 9) + h * hour, midnight(4, 9) + (h + 1) * hour),
      ).reduce((a, b) => a + b, 0);
    expect(rainIn(weather) - rainIn(without)).toBeCloseTo(180, 6);
    expect(weather.at(fromMs + 6 * hour).clearness).toBeLessThan(0.15);
  });

  test("an overcast lets through less than a fifth of the clear sky's light", () => {
    const [fromMs, toMs] = [midnight(6, 10), midnight(6, 12)];
    const weather = weatherOf(hue, 1, [{ kind: "overcast", fromMs, toMs }]);
    for (let h = 1; h < 47; h++) expect(weather.at(fromMs + h * hour).clearness).toBeLessThan(0.2);
    expect(weather.at(toMs + 2 * day + 12 * hour).clearness).toBeGreaterThan(0.2);
  });
});

test("the rains of the central highlands begin in another week each year", () => {
  const onset = (seed: number) => {
    const weather = weatherOf(station("Pleiku"), seed);
    const days = daysFrom(weather, midnight(3, 1), 120).map(({ rainMm }) => rainMm);
    return days.findIndex((_, n) => days.slice(n, n + 7).filter((mm) => mm > 1).length >= 5);
  };
  const onsets = [1, 2, 3, 4, 5, 6].map(onset);
  expect(Math.min(...onsets)).toBeGreaterThan(15);
  expect(Math.max(...onsets)).toBeLessThan(100);
  expect(new Set(onsets).size).toBeGreaterThan(3);
});
