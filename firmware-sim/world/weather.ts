import { eased, gaussian, keyAt, keyOf, smooth, uniform } from "../chance.ts";
import { type Climate, climateAt } from "./climate.ts";
import { solarDays, sunHeight, yearShareAt } from "./sun.ts";
import { saturationPressure } from "./vapour.ts";

/** The sky over one place at one time. */
export interface Sky {
  /** °C */
  readonly airTemperature: number;
  /** % */
  readonly relativeHumidity: number;
  /** Global, on level ground, W/m². */
  readonly irradiance: number;
  /** mm/h */
  readonly rain: number;
  /** m/s at 2 m. */
  readonly wind: number;
}

/** A function of time alone: asked twice, or out of order, it says the same. */
export interface Weather {
  at(atMs: number): Sky;
}

export interface WeatherParts {
  readonly seed: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** Places within half a degree have the same clouds. */
const cellDegrees = 0.5;
const clearSkyIrradiance = 1050;

export function createWeather({ seed, latitude, longitude }: WeatherParts): Weather {
  const climate = climateAt(latitude, longitude);
  const cell = `${Math.round(latitude / cellDegrees)}/${Math.round(longitude / cellDegrees)}`;
  const keys = {
    days: keyOf(seed, `days ${cell}`),
    warmth: keyOf(seed, `warmth ${cell}`),
    wind: keyOf(seed, `wind ${cell}`),
    flicker: keyOf(seed, `flicker ${cell}`),
  };

  return {
    at(atMs) {
      const days = solarDays(atMs, longitude);
      const yearShare = yearShareAt(atMs);
      const cloud = cloudAt(keys.days, days, climate, yearShare);
      const rain = rainAt(keys.days, days, climate, yearShare);
      const mean = climate.temperature(yearShare) + 5 * (smooth(keys.warmth, days / 4) - 0.5) - 1.5 * cloud;
      const swing = 5.5 - 3.5 * cloud;
      const airTemperature = mean + swing * dayCourse((days - Math.floor(days)) * 24) - Math.min(2, rain / 5);
      const flicker = 0.8 + 0.3 * smooth(keys.flicker, days * 48);
      const sun = Math.max(0, sunHeight(atMs, latitude, longitude));
      return {
        airTemperature,
        relativeHumidity: humidity(airTemperature, mean - 0.9 * swing - 0.5, rain),
        irradiance: clearSkyIrradiance * sun ** 1.1 * Math.min(1, (1 - 0.75 * cloud ** 1.5) * flicker * 1.1),
        rain,
        wind: 0.5 + 2.5 * smooth(keys.wind, days * 6) + (sun > 0 ? 1.5 * sun : 0),
      };
    },
  };
}

/** -1 at six, when the sun rises, and +1 at two in the afternoon. */
function dayCourse(hour: number): number {
  if (hour >= 6 && hour < 14) return -Math.cos((Math.PI * (hour - 6)) / 8);
  return Math.cos((Math.PI * ((hour < 6 ? hour + 24 : hour) - 14)) / 16);
}

/** The air keeps the dew point of its coldest hour; rain fills it up. */
function humidity(airTemperature: number, dewPoint: number, rain: number): number {
  const dry = (100 * saturationPressure(dewPoint)) / saturationPressure(airTemperature);
  const wet = rain > 0 ? Math.max(dry, 90 + Math.min(8, rain)) : dry;
  return Math.min(99, wet);
}

/** 0 clear, 1 overcast; each day has its own at noon. */
function cloudAt(key: number, days: number, climate: Climate, yearShare: number): number {
  const before = Math.floor(days - 0.5);
  const wet = climate.wetDays(yearShare);
  const from = cloudOfDay(key, before, wet);
  return from + (cloudOfDay(key, before + 1, wet) - from) * eased(days - 0.5 - before);
}

function cloudOfDay(key: number, day: number, wetDays: number): number {
  const share = uniform(keyAt(keyAt(key, day), 1));
  return isWet(key, day, wetDays) ? 0.65 + 0.3 * share : 0.05 + 0.5 * share;
}

function isWet(key: number, day: number, wetDays: number): boolean {
  return uniform(keyAt(key, day)) < wetDays;
}

/** One shower or front on a wet day, strongest in its middle; it may last past midnight. */
function rainAt(key: number, days: number, climate: Climate, yearShare: number): number {
  const today = Math.floor(days);
  const wetDays = climate.wetDays(yearShare);
  const mean = climate.rainOfWetDay(yearShare);
  return rainOfDay(key, today, days, wetDays, mean) + rainOfDay(key, today - 1, days, wetDays, mean);
}

function rainOfDay(key: number, day: number, days: number, wetDays: number, meanMm: number): number {
  if (!isWet(key, day, wetDays)) return 0;
  const chance = keyAt(keyAt(key, day), 2);
  // Most showers come in the afternoon.
  const beginHour = Math.min(23, Math.max(0, 15 + 5 * gaussian(keyAt(chance, 1))));
  const hours = 1 + 7 * uniform(keyAt(chance, 2)) ** 2;
  const passed = ((days - day) * 24 - beginHour) / hours;
  if (passed <= 0 || passed >= 1) return 0;
  const mm = Math.min(300, -Math.log(1 - uniform(keyAt(chance, 3))) * meanMm);
  return (mm / hours) * 2 * (1 - Math.abs(2 * passed - 1));
}
