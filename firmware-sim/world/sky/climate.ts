import {
  actualVapourPressureKpa,
  daylightHours,
  dewPointFromVapourPressureC,
  windSpeedAt2mMs,
} from "../../../agronomy/index.ts";
import { type Station, stations } from "./stations.ts";

/** What is normal on a day of the year (1 to 366). Between the middles of two months it changes evenly. */
export interface Climate {
  readonly altitudeM: number;
  /** Mean of the year at 2 m, m/s. */
  readonly windMs: number;
  /** Means of the daily maximum and minimum, °C. */
  highC(dayOfYear: number): number;
  lowC(dayOfYear: number): number;
  /** Mean of both. */
  meanC(dayOfYear: number): number;
  readonly meanOfYearC: number;
  dewPointC(dayOfYear: number): number;
  /** Share of the daylight in which the sun shines, 0 to 1. */
  sunshine(dayOfYear: number): number;
  /** Share of days with rain. */
  wetDays(dayOfYear: number): number;
  /** Mean rain of a day with rain, mm. */
  rainOfWetDayMm(dayOfYear: number): number;
}

const monthDays = 30.4;

/** The climate of the nearest station. */
export function climateAt(latitude: number, longitude: number): Climate {
  const distance = (station: Station) =>
    Math.hypot(station.latitude - latitude, station.longitude - longitude);
  const station = stations.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  const { highC, lowC, humidityPct, sunshineHours, wetDays, rainMm } = station;
  const meanC = (day: number) => (between(highC, day) + between(lowC, day)) / 2;
  const wetShare = (day: number) => Math.min(0.97, Math.max(0.01, between(wetDays, day) / monthDays));
  return {
    altitudeM: station.altitudeM,
    windMs: windSpeedAt2mMs(station.windMs, 10),
    highC: (day) => between(highC, day),
    lowC: (day) => between(lowC, day),
    meanC,
    meanOfYearC: [...highC, ...lowC].reduce((sum, value) => sum + value, 0) / 24,
    dewPointC: (day) =>
      dewPointFromVapourPressureC(actualVapourPressureKpa(meanC(day), between(humidityPct, day)))!,
    sunshine: (day) =>
      Math.min(1, between(sunshineHours, day) / monthDays / daylightHours(station.latitude, day)),
    wetDays: wetShare,
    rainOfWetDayMm: (day) => between(rainMm, day) / monthDays / wetShare(day),
  };
}

function between(months: readonly number[], dayOfYear: number): number {
  const x = (((dayOfYear - 0.5) / 365.25) * 12 - 0.5 + 24) % 12;
  const month = Math.floor(x);
  const from = months[month]!;
  return from + (months[(month + 1) % 12]! - from) * (x - month);
}
