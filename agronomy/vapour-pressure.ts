import {
  airPressure,
  airTemperature,
  dayTemperatures,
  relativeHumidity,
  vapourPressure,
  within,
} from "./bounds.ts";

/**
 * Water vapour in air, after FAO Irrigation and Drainage Paper 56 (Allen et al. 1998), chapter 3. Over water, in kPa;
 * the form used there is within 0.2 % from 0 to 50 °C and is computed, less exactly, from -90 to 80 °C.
 */

const denominatorC = 237.3;

/** e°(T), kPa: what the air at this temperature can hold. FAO-56 eq. 11. */
export function saturationVapourPressureKpa(temperatureC: number): number {
  const t = within(airTemperature, temperatureC);
  return 0.6108 * Math.exp((17.27 * t) / (t + denominatorC));
}

/** es of a day, kPa: the mean of e° at both extremes (e° of the mean would be too low). FAO-56 eq. 12. */
export function meanSaturationVapourPressureKpa(minC: number, maxC: number): number {
  dayTemperatures(minC, maxC);
  return (saturationVapourPressureKpa(minC) + saturationVapourPressureKpa(maxC)) / 2;
}

/** Δ, kPa/°C: how fast e° rises with temperature. FAO-56 eq. 13. */
export function saturationSlopeKpaPerC(temperatureC: number): number {
  return (4098 * saturationVapourPressureKpa(temperatureC)) / (temperatureC + denominatorC) ** 2;
}

/** ea at one moment, kPa, from temperature and humidity taken together. FAO-56 eq. 10 and 11. */
export function actualVapourPressureKpa(temperatureC: number, relativeHumidityPct: number): number {
  return (saturationVapourPressureKpa(temperatureC) * relativeHumidity(relativeHumidityPct)) / 100;
}

/** ea of a day, kPa, from the extremes of temperature and humidity: the best of the humidity routes. FAO-56 eq. 17. */
export function vapourPressureFromExtremesKpa(day: {
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  readonly minHumidityPct: number;
  readonly maxHumidityPct: number;
}): number {
  dayTemperatures(day.minTemperatureC, day.maxTemperatureC);
  // The air is most humid when it is coldest.
  const dawn = actualVapourPressureKpa(day.minTemperatureC, day.maxHumidityPct);
  const afternoon = actualVapourPressureKpa(day.maxTemperatureC, day.minHumidityPct);
  return (dawn + afternoon) / 2;
}

/** ea of a day, kPa, where the minimum humidity is doubtful (most probes err when dry). FAO-56 eq. 18. */
export function vapourPressureFromMaxHumidityKpa(minTemperatureC: number, maxHumidityPct: number): number {
  return actualVapourPressureKpa(minTemperatureC, maxHumidityPct);
}

/** ea of a day, kPa, from the mean humidity: the weakest humidity route. FAO-56 eq. 19. */
export function vapourPressureFromMeanHumidityKpa(day: {
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  readonly meanHumidityPct: number;
}): number {
  const es = meanSaturationVapourPressureKpa(day.minTemperatureC, day.maxTemperatureC);
  return (es * relativeHumidity(day.meanHumidityPct)) / 100;
}

/**
 * ea, kPa, from the dew point. FAO-56 eq. 14. Without any humidity reading the day's minimum temperature may stand for
 * the dew point in humid places (eq. 48); where it is dry, one takes 2 to 3 °C off it.
 */
export function vapourPressureFromDewPointKpa(dewPointC: number): number {
  return saturationVapourPressureKpa(dewPointC);
}

/** Psychrometer coefficients by how the wet bulb is ventilated, 1/°C. FAO-56 eq. 16. */
export const psychrometers = { forced: 0.000662, natural: 0.0008, indoor: 0.0012 } as const;

/** ea, kPa, from a dry and a wet bulb; never below zero. FAO-56 eq. 15. RangeError when wet is warmer than dry. */
export function vapourPressureFromPsychrometerKpa(bulbs: {
  readonly dryC: number;
  readonly wetC: number;
  readonly pressureKpa: number;
  readonly ventilation: keyof typeof psychrometers;
}): number {
  const { dryC, wetC, pressureKpa, ventilation } = bulbs;
  within(airTemperature, dryC);
  if (wetC > dryC) throw new RangeError(`wet bulb ${wetC} °C is above dry bulb ${dryC} °C`);
  const gamma = psychrometers[ventilation] * within(airPressure, pressureKpa);
  return Math.max(0, saturationVapourPressureKpa(wetC) - gamma * (dryC - wetC));
}

/** VPD at one moment, kPa: how strongly the air dries the leaf. From 0 (saturated) up. */
export function vapourPressureDeficitKpa(temperatureC: number, relativeHumidityPct: number): number {
  return saturationVapourPressureKpa(temperatureC) * (1 - relativeHumidity(relativeHumidityPct) / 100);
}

/**
 * Dew point, °C, of air with this vapour pressure. FAO-56 annex 3: eq. 14 turned round and rounded, so that going there
 * and back costs 0.01 °C. Undefined below 0.0001 kPa, where the air is dry beyond reading.
 */
export function dewPointFromVapourPressureC(kpa: number): number | undefined {
  if (within(vapourPressure, kpa) < 0.0001) return undefined;
  const log = Math.log(kpa);
  return (116.91 + denominatorC * log) / (16.78 - log);
}

/** Dew point, °C, never above the air's own; undefined when the humidity is zero, as with a probe that fails low. */
export function dewPointC(temperatureC: number, relativeHumidityPct: number): number | undefined {
  const dewPoint = dewPointFromVapourPressureC(actualVapourPressureKpa(temperatureC, relativeHumidityPct));
  return dewPoint === undefined ? undefined : Math.min(temperatureC, dewPoint);
}
