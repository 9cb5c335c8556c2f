import { atmosphericPressureKpa, psychrometricConstantKpaPerC } from "./atmosphere.ts";
import {
  airTemperature,
  type Bound,
  dayTemperatures,
  energy,
  radiation,
  windSpeed,
  within,
} from "./bounds.ts";
import {
  clearSkyRadiationMjM2,
  evaporationEquivalentMm,
  extraterrestrialRadiationMjM2,
  netLongwaveMjM2,
  netShortwaveMjM2,
} from "./radiation.ts";
import { meanSaturationVapourPressureKpa, saturationSlopeKpaPerC } from "./vapour-pressure.ts";

/**
 * Reference evapotranspiration of well-watered short grass by the day, after FAO-56 (Allen et al. 1998). Penman–Monteith
 * is the standard; Hargreaves stands in where only temperature is measured. Hours are in et0-hourly.ts.
 */

export interface PenmanMonteithTerms {
  readonly netRadiationMjM2: number;
  readonly soilHeatFluxMjM2: number;
  readonly temperatureC: number;
  readonly windSpeed2mMs: number;
  readonly saturationVapourPressureKpa: number;
  readonly actualVapourPressureKpa: number;
  readonly slopeKpaPerC: number;
  readonly psychrometricKpaPerC: number;
}

/**
 * The equation itself, mm per period. FAO-56 eq. 6 (coefficient 900, a day) and eq. 53 (37, an hour). The result is as
 * the equation gives it: slightly negative where dew forms.
 */
export function penmanMonteithMm(terms: PenmanMonteithTerms, coefficient: 900 | 37): number {
  const { windSpeed2mMs: u2, slopeKpaPerC: slope, psychrometricKpaPerC: gamma } = terms;
  const energy = 0.408 * slope * (terms.netRadiationMjM2 - terms.soilHeatFluxMjM2);
  // Two instruments in fog may together tell of air above saturation; there is none.
  const deficit = Math.max(0, terms.saturationVapourPressureKpa - terms.actualVapourPressureKpa);
  const wind = gamma * (coefficient / (terms.temperatureC + 273)) * u2 * deficit;
  return (energy + wind) / (slope + gamma * (1 + 0.34 * u2));
}

export interface DayOfWeather {
  readonly latitudeDeg: number;
  readonly altitudeM: number;
  /** 1..366; for a month, its middle day. */
  readonly dayOfYear: number;
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  /** By the best route that the station's readings allow: see vapour-pressure.ts. */
  readonly actualVapourPressureKpa: number;
  /** At 2 m; where no wind is measured, FAO-56 takes 2 m/s. */
  readonly windSpeed2mMs: number;
  /** Measured, or from sunshine or temperature: see radiation.ts. */
  readonly solarMjM2: number;
}

/** Rn, MJ/m² a day. FAO-56 eq. 40. */
export function netRadiationMjM2(day: DayOfWeather): number {
  const ra = extraterrestrialRadiationMjM2(day.latitudeDeg, day.dayOfYear);
  const clearSkyMjM2 = clearSkyRadiationMjM2(ra, day.altitudeM);
  return netShortwaveMjM2(day.solarMjM2) - netLongwaveMjM2({ ...day, clearSkyMjM2 });
}

/**
 * ET0, mm a day, by Penman–Monteith; never negative. FAO-56 eq. 6; the soil's heat flux is small over a day and taken as
 * zero (eq. 42).
 */
export function et0DailyMm(day: DayOfWeather): number {
  return et0WithSoilHeatMm(day, 0);
}

/** ET0, mm a day as the mean of a month: the weather is the month's mean, and the soil warms or cools. */
export function et0MonthlyMm(month: DayOfWeather & { readonly soilHeatFluxMjM2: number }): number {
  return et0WithSoilHeatMm(month, month.soilHeatFluxMjM2);
}

function et0WithSoilHeatMm(day: DayOfWeather, soilHeatFluxMjM2: number): number {
  const meanC = (day.minTemperatureC + day.maxTemperatureC) / 2;
  const terms = {
    netRadiationMjM2: netRadiationMjM2(day),
    soilHeatFluxMjM2: within(energy, soilHeatFluxMjM2),
    temperatureC: meanC,
    windSpeed2mMs: within(windSpeed, day.windSpeed2mMs),
    saturationVapourPressureKpa: meanSaturationVapourPressureKpa(day.minTemperatureC, day.maxTemperatureC),
    actualVapourPressureKpa: day.actualVapourPressureKpa,
    slopeKpaPerC: saturationSlopeKpaPerC(meanC),
    psychrometricKpaPerC: psychrometricConstantKpaPerC(atmosphericPressureKpa(day.altitudeM)),
  };
  // Dew on a foggy day is no evapotranspiration.
  return Math.max(0, penmanMonteithMm(terms, 900));
}

/** G of a month, MJ/m² a day, between its neighbours' mean temperatures. FAO-56 eq. 43. */
export function monthlySoilHeatFluxMjM2(previousMonthC: number, nextMonthC: number): number {
  return 0.07 * (within(airTemperature, nextMonthC) - within(airTemperature, previousMonthC));
}

/** G of a month, MJ/m² a day, while the next month is not yet known. FAO-56 eq. 44. */
export function soilHeatFluxSincePreviousMonthMjM2(previousMonthC: number, thisMonthC: number): number {
  return 0.14 * (within(airTemperature, thisMonthC) - within(airTemperature, previousMonthC));
}

const meanTemperature: Bound = { ...airTemperature, name: "mean temperature" };

/**
 * ET0, mm a day, from temperature alone. Hargreaves and Samani, FAO-56 eq. 52: for means of five days and more;
 * too high where it is humid and still, too low in dry wind. Never below zero (the equation is, under -17.8 °C).
 */
export function et0HargreavesMm(day: {
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  /** (min + max) / 2 when left out. */
  readonly meanTemperatureC?: number;
  readonly extraterrestrialMjM2: number;
}): number {
  dayTemperatures(day.minTemperatureC, day.maxTemperatureC);
  const meanC = day.meanTemperatureC ?? (day.minTemperatureC + day.maxTemperatureC) / 2;
  const range = Math.sqrt(day.maxTemperatureC - day.minTemperatureC);
  const energy = evaporationEquivalentMm(within(radiation, day.extraterrestrialMjM2));
  return Math.max(0, 0.0023 * (within(meanTemperature, meanC) + 17.8) * range * energy);
}
