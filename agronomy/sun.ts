import { type Bound, dayNumber, latitude, longitude, within } from "./bounds.ts";

/** Where the sun stands, after FAO-56, chapter 3. Day of the year counts from 1 (1 January). */

const msPerDay = 86_400_000;

/** Day of the year, 1..366, on the calendar of a place that many hours ahead of UTC (Vietnam: 7). */
export function dayOfYear(timeMs: number, utcOffsetHours: number): number {
  const local = new Date(timeMs + utcOffsetHours * 3_600_000);
  const newYearMs = Date.UTC(local.getUTCFullYear(), 0, 1);
  return within(dayNumber, Math.floor((local.getTime() - newYearMs) / msPerDay) + 1);
}

const monthNumber: Bound = { name: "month", unit: "", min: 1, max: 12 };

/** The day that stands for a whole month (1..12) in monthly sums. FAO-56 annex 2. */
export function middleDayOfMonth(month: number): number {
  return Math.trunc(30.4 * within(monthNumber, month) - 15);
}

const yearAngleRad = (day: number) => (2 * Math.PI * within(dayNumber, day)) / 365;
export const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** dr: how much nearer than on average the sun is, as it acts on radiation. FAO-56 eq. 23. */
export function inverseRelativeDistance(day: number): number {
  return 1 + 0.033 * Math.cos(yearAngleRad(day));
}

/** δ, rad. FAO-56 eq. 24. */
export function solarDeclinationRad(day: number): number {
  return 0.409 * Math.sin(yearAngleRad(day) - 1.39);
}

/** ωs, rad, from 0 (the sun does not rise) to π (it does not set). FAO-56 eq. 25. */
export function sunsetHourAngleRad(latitudeDeg: number, day: number): number {
  const phi = radians(within(latitude, latitudeDeg));
  const cosine = -Math.tan(phi) * Math.tan(solarDeclinationRad(day));
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

/** N, hours from sunrise to sunset. FAO-56 eq. 34. */
export function daylightHours(latitudeDeg: number, day: number): number {
  return (24 / Math.PI) * sunsetHourAngleRad(latitudeDeg, day);
}

/** Sc, hours by which a sundial is ahead of the clock. FAO-56 eq. 32 and 33. */
export function seasonalCorrectionHours(day: number): number {
  const b = (2 * Math.PI * (within(dayNumber, day) - 81)) / 364;
  return 0.1645 * Math.sin(2 * b) - 0.1255 * Math.cos(b) - 0.025 * Math.sin(b);
}

const hourOfDay: Bound = { name: "hour of the day (UTC)", unit: "h", min: 0, max: 24 };

/** A moment at a place: UTC, so that no time zone can be mistaken for another; east is positive. */
export interface SunMoment {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly dayOfYear: number;
  /** Hours since midnight UTC, 0..24, of the middle of the period. */
  readonly utcHours: number;
}

/** ω, rad: the sun's angle before (-) or after (+) its noon, -π..π. FAO-56 eq. 31, with Greenwich as the time zone. */
export function solarHourAngleRad({ longitudeDeg, dayOfYear: day, utcHours }: SunMoment): number {
  const solarHours =
    within(hourOfDay, utcHours) + within(longitude, longitudeDeg) / 15 + seasonalCorrectionHours(day);
  const angle = (Math.PI / 12) * (solarHours - 12);
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** β, rad: the sun's height above the horizon, negative by night. FAO-56 annex 3. */
export function solarElevationRad(moment: SunMoment): number {
  const phi = radians(within(latitude, moment.latitudeDeg));
  const delta = solarDeclinationRad(moment.dayOfYear);
  const height =
    Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.cos(solarHourAngleRad(moment));
  return Math.asin(height);
}
