import {
  actualVapourPressureKpa,
  dayOfYear,
  et0DailyMm,
  et0HargreavesMm,
  et0Hourly,
  extraterrestrialRadiationMjM2,
  radiantExposureMjM2,
  solarElevationRad,
  vapourPressureFromExtremesKpa,
} from "../../agronomy/index.ts";
import { hourMs } from "../../calendar/index.ts";
import type { Hour } from "./hour-fold.ts";
import type { Surroundings } from "./surroundings.ts";

const localUtcOffsetHours = 7;
/** FAO-56 takes it where no wind is measured. Where it is, the anemometer is taken to stand at 2 m. */
const usualWindMs = 2;
/** FAO-56 takes 0.4 to 0.6 for a humid night, until a day has been seen. */
export const usualClearness = 0.5;

/** From this height of the sun on et0Hourly reads the clearness off it; below, that of the hour before stays. */
const highSunRad = 0.3;

const meanOf = (hour: Hour, quantity: keyof Hour["values"]) => hour.values[quantity]?.mean;

/**
 * ET0 of one hour by Penman–Monteith; undefined without temperature, humidity, sun or coordinates.
 * @returns with whether its clearness was seen in this hour, or is the one before
 */
export function hourlyEt0(hour: Hour, surroundings: Surroundings, clearnessBefore: number) {
  const { latitudeDeg, longitudeDeg, altitudeM } = surroundings;
  const temperatureC = meanOf(hour, "air.temperature");
  const humidityPct = meanOf(hour, "air.relativeHumidity");
  const irradiance = meanOf(hour, "light.solarIrradiance");
  if (latitudeDeg === null || longitudeDeg === null) return undefined;
  if (temperatureC === undefined || humidityPct === undefined || irradiance === undefined) return undefined;
  const middleMs = hour.startMs + hourMs / 2;
  const moment = {
    latitudeDeg,
    longitudeDeg,
    dayOfYear: dayOfYear(middleMs, 0),
    utcHours: (middleMs / hourMs) % 24,
  };
  const et0 = et0Hourly({
    ...moment,
    altitudeM: altitudeM ?? 0,
    temperatureC,
    actualVapourPressureKpa: actualVapourPressureKpa(temperatureC, humidityPct),
    windSpeed2mMs: meanOf(hour, "wind.speed") ?? usualWindMs,
    solarMjM2: radiantExposureMjM2(irradiance, 1),
    clearnessBefore,
  });
  return { ...et0, isSeen: solarElevationRad(moment) >= highSunRad };
}

/** ET0 of one day: Penman–Monteith where sun and humidity were measured, else Hargreaves. Undefined without a latitude. */
export function dailyEt0Mm(startMs: number, hours: readonly Hour[], surroundings: Surroundings) {
  const { latitudeDeg, altitudeM } = surroundings;
  const air = extremesOf(hours, "air.temperature");
  if (latitudeDeg === null || air === null) return undefined;
  const day = dayOfYear(startMs, localUtcOffsetHours);
  const extremes = { minTemperatureC: air.min, maxTemperatureC: air.max };
  const humidity = extremesOf(hours, "air.relativeHumidity");
  const sun = meanOfHours(hours, "light.solarIrradiance");
  if (humidity === null || sun === undefined) {
    const extraterrestrialMjM2 = extraterrestrialRadiationMjM2(latitudeDeg, day);
    return et0HargreavesMm({ ...extremes, extraterrestrialMjM2 });
  }
  return et0DailyMm({
    ...extremes,
    latitudeDeg,
    altitudeM: altitudeM ?? 0,
    dayOfYear: day,
    actualVapourPressureKpa: vapourPressureFromExtremesKpa({
      ...extremes,
      minHumidityPct: humidity.min,
      maxHumidityPct: humidity.max,
    }),
    windSpeed2mMs: meanOfHours(hours, "wind.speed") ?? usualWindMs,
    solarMjM2: radiantExposureMjM2(sun, 24),
  });
}

/** Mean of the hourly means; undefined where the quantity was not there in most of the hours. */
export function meanOfHours(hours: readonly Hour[], quantity: keyof Hour["values"]): number | undefined {
  const means = hours.flatMap((hour) => meanOf(hour, quantity) ?? []);
  if (means.length === 0 || means.length < 0.75 * hours.length) return undefined;
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

/** Least and greatest reading; null where the quantity was not there in most of the hours. */
export function extremesOf(hours: readonly Hour[], quantity: keyof Hour["values"]) {
  const values = hours.flatMap((hour) => hour.values[quantity] ?? []);
  if (values.length === 0 || values.length < 0.75 * hours.length) return null;
  return {
    min: Math.min(...values.map(({ min }) => min)),
    max: Math.max(...values.map(({ max }) => max)),
  };
}
