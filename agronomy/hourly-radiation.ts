import { airTemperature, within } from "./bounds.ts";
import { longwaveLossFactor, solarConstantMjM2Min } from "./radiation.ts";
import {
  inverseRelativeDistance,
  radians,
  type SunMoment,
  solarDeclinationRad,
  solarHourAngleRad,
  sunsetHourAngleRad,
} from "./sun.ts";

/** Radiation of one hour, MJ/m², after FAO-56, chapter 3. */

const halfHourRad = Math.PI / 24;

/** Ra, MJ/m² in the hour around this moment; an hour with sunrise or sunset counts its lit part. FAO-56 eq. 28. */
export function hourlyExtraterrestrialMjM2(middle: SunMoment): number {
  const { latitudeDeg, dayOfYear } = middle;
  const sunset = sunsetHourAngleRad(latitudeDeg, dayOfYear);
  const noonAngle = solarHourAngleRad(middle);
  const begin = Math.max(-sunset, noonAngle - halfHourRad);
  const end = Math.min(sunset, noonAngle + halfHourRad);
  if (begin >= end) return 0;
  const phi = radians(latitudeDeg);
  const delta = solarDeclinationRad(dayOfYear);
  const geometry =
    (end - begin) * Math.sin(phi) * Math.sin(delta) +
    Math.cos(phi) * Math.cos(delta) * (Math.sin(end) - Math.sin(begin));
  return Math.max(
    0,
    ((12 * 60) / Math.PI) * solarConstantMjM2Min * inverseRelativeDistance(dayOfYear) * geometry,
  );
}

const stefanBoltzmannMjK4M2Hour = 2.043e-10;

/** Rnl, MJ/m² an hour. FAO-56 eq. 39 with the hourly constant. */
export function hourlyNetLongwaveMjM2(hour: {
  readonly temperatureC: number;
  readonly actualVapourPressureKpa: number;
  /** Rs/Rso of the hour or, by night, of the last hours with a high sun. */
  readonly clearness: number;
}): number {
  const kelvin = within(airTemperature, hour.temperatureC) + 273.16;
  const loss = longwaveLossFactor(hour.actualVapourPressureKpa, hour.clearness);
  return stefanBoltzmannMjK4M2Hour * kelvin ** 4 * loss;
}
