import {
  altitude,
  type Bound,
  dayTemperatures,
  energy,
  latitude,
  radiation,
  vapourPressure,
  within,
} from "./bounds.ts";
import { inverseRelativeDistance, radians, solarDeclinationRad, sunsetHourAngleRad } from "./sun.ts";

/** Radiation of a whole day, MJ/m², after FAO-56, chapter 3. Hours are in hourly-radiation.ts. */

export const solarConstantMjM2Min = 0.082;

const irradiance: Bound = { name: "irradiance", unit: "W/m²", min: -100, max: 2500 };
const span: Bound = { name: "length of the span", unit: "h", min: 0, max: 24 };

/** MJ/m² that a mean irradiance, W/m², brings in some hours. Pyranometers read down to -20 by night: that is zero. */
export function radiantExposureMjM2(meanIrradianceWM2: number, hours: number): number {
  const watts = Math.max(0, within(irradiance, meanIrradianceWM2));
  return (watts * within(span, hours) * 3600) / 1e6;
}

/** mm of water that this much energy, MJ/m², evaporates (λ = 2.45 MJ/kg). FAO-56 eq. 20. */
export function evaporationEquivalentMm(energyMjM2: number): number {
  return 0.408 * within(energy, energyMjM2);
}

/** Ra, MJ/m² a day, above the atmosphere; 0 in the polar night. FAO-56 eq. 21. */
export function extraterrestrialRadiationMjM2(latitudeDeg: number, dayOfYear: number): number {
  const phi = radians(within(latitude, latitudeDeg));
  const delta = solarDeclinationRad(dayOfYear);
  const ws = sunsetHourAngleRad(latitudeDeg, dayOfYear);
  const geometry = ws * Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.sin(ws);
  const perDay = ((24 * 60) / Math.PI) * solarConstantMjM2Min * inverseRelativeDistance(dayOfYear);
  return Math.max(0, perDay * geometry);
}

const hoursOfDay: Bound = { name: "hours of sunshine", unit: "h", min: 0, max: 24 };

/**
 * Rs, MJ/m² a day, from hours of sunshine (Ångström; as 0.25, bs 0.50 where none were fitted). FAO-56 eq. 35.
 * Sunshine longer than the day (recorders and the formula for N differ by minutes) counts as the whole day.
 */
export function solarRadiationFromSunshineMjM2(day: {
  readonly extraterrestrialMjM2: number;
  readonly sunshineHours: number;
  readonly daylightHours: number;
}): number {
  const ra = within(radiation, day.extraterrestrialMjM2);
  const sunshine = within(hoursOfDay, day.sunshineHours);
  if (within(hoursOfDay, day.daylightHours) === 0) return 0;
  return (0.25 + 0.5 * Math.min(1, sunshine / day.daylightHours)) * ra;
}

/** kRs, 1/√°C: inland, where land masses dominate, or on the coast. FAO-56 eq. 50. */
export const temperatureRadiationCoefficients = { interior: 0.16, coastal: 0.19 } as const;

/**
 * Rs, MJ/m² a day, from the day's range of temperature: clear days are hot and clear nights cold. Hargreaves and
 * Samani, FAO-56 eq. 50. For means of several days; not for islands (there: 0.7 Ra - 4, eq. 51).
 */
export function solarRadiationFromTemperatureMjM2(day: {
  readonly extraterrestrialMjM2: number;
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  readonly site: keyof typeof temperatureRadiationCoefficients;
}): number {
  dayTemperatures(day.minTemperatureC, day.maxTemperatureC);
  const range = Math.sqrt(day.maxTemperatureC - day.minTemperatureC);
  return temperatureRadiationCoefficients[day.site] * range * within(radiation, day.extraterrestrialMjM2);
}

/** Rso, MJ/m²: what a cloudless sky lets through, in a day or an hour, as Ra is given. FAO-56 eq. 37. */
export function clearSkyRadiationMjM2(extraterrestrialMjM2: number, altitudeM: number): number {
  return (0.75 + 2e-5 * within(altitude, altitudeM)) * within(radiation, extraterrestrialMjM2);
}

/** Rns, MJ/m²: what the grass of the reference keeps of Rs (albedo 0.23). FAO-56 eq. 38. */
export function netShortwaveMjM2(solarMjM2: number): number {
  return (1 - 0.23) * within(radiation, solarMjM2);
}

/** Rs/Rso under the darkest cloud; any less and eq. 39 would have the ground gain heat from the sky. ASCE-EWRI 2005. */
const darkestClearness = 0.3;
export const clearnessBound: Bound = { name: "clearness", unit: "", min: darkestClearness, max: 1 };

/** Rs/Rso, 0.3 to 1: 1 is a cloudless sky, taken so, too, where the sun does not rise and the ratio says nothing. */
export function clearness(solarMjM2: number, clearSkyMjM2: number): number {
  if (within(radiation, clearSkyMjM2) === 0) return 1;
  return Math.min(1, Math.max(darkestClearness, within(radiation, solarMjM2) / clearSkyMjM2));
}

/** Share of the black-body radiation that is lost: less under cloud and in moist air. The last terms of eq. 39. */
export function longwaveLossFactor(actualVapourPressureKpa: number, clearnessRatio: number): number {
  const humidity = 0.34 - 0.14 * Math.sqrt(within(vapourPressure, actualVapourPressureKpa));
  return humidity * (1.35 * within(clearnessBound, clearnessRatio) - 0.35);
}

const stefanBoltzmannMjK4M2Day = 4.903e-9;
const kelvin = (celsius: number) => celsius + 273.16;

/** Rnl, MJ/m² a day: what the ground loses to the sky. FAO-56 eq. 39. */
export function netLongwaveMjM2(day: {
  readonly minTemperatureC: number;
  readonly maxTemperatureC: number;
  readonly actualVapourPressureKpa: number;
  readonly solarMjM2: number;
  readonly clearSkyMjM2: number;
}): number {
  dayTemperatures(day.minTemperatureC, day.maxTemperatureC);
  const fourthPowers = (kelvin(day.maxTemperatureC) ** 4 + kelvin(day.minTemperatureC) ** 4) / 2;
  const loss = longwaveLossFactor(day.actualVapourPressureKpa, clearness(day.solarMjM2, day.clearSkyMjM2));
  return stefanBoltzmannMjK4M2Day * fourthPowers * loss;
}
