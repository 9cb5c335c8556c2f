import {
  type AirSpan,
  awdPhase,
  degreeDayBases,
  growingDegreeDays,
  humidHours,
  isBlastNight,
  isHuttonDay,
  leafWetnessHours,
} from "../../agronomy/index.ts";
import { dailyEt0Mm, extremesOf, meanOfHours } from "./evapotranspiration.ts";
import type { Hour } from "./hour-fold.ts";
import type { Surroundings } from "./surroundings.ts";

/** A quantity and its value for the whole period. */
export type PeriodValue = readonly [quantity: string, value: number];

/** Everything that is told of hours, days and nights. */
export const periodQuantities = [
  "air.et0Hourly",
  "air.et0Daily",
  "crop.degreeDays",
  "leaf.wetHours",
  "leaf.huttonDays",
  "leaf.blastNights",
  "water.dryDays",
] as const;

/** Days (or nights) running of which something was true, up to the last one; by quantity. */
export type Runs = Readonly<Record<string, number>>;

/** Hours without which a day, or a night, is not known. */
const fewestHours = { day: 18, night: 9 } as const;

/** What a local day comes to. A day that is not known ends every run, and nothing is said of it. */
export function valuesOfDay(
  startMs: number,
  hours: readonly Hour[],
  surroundings: Surroundings,
  runs: Runs,
): PeriodValue[] {
  return [
    ...valuesOfAir(startMs, hoursWith(hours, "air.temperature"), surroundings, runs),
    ...valuesOfLeaves(hours),
    ...valuesOfWater(hoursWith(hours, "water.level"), surroundings, runs),
  ];
}

function valuesOfAir(
  startMs: number,
  hours: readonly Hour[],
  surroundings: Surroundings,
  runs: Runs,
): PeriodValue[] {
  const air = extremesOf(hours, "air.temperature");
  if (hours.length < fewestHours.day || air === null) return [];
  const { crop } = surroundings;
  const base = crop === null ? undefined : degreeDayBaseOf(crop);
  const extremes = { minTemperatureC: air.min, maxTemperatureC: air.max };
  const et0 = surroundings.placeKind === "shed" ? undefined : dailyEt0Mm(startMs, hours, surroundings);
  const spans = airSpans(hours);
  const isKnownDay = spans.length >= fewestHours.day;
  const humid = isKnownDay ? humidHours(spans, 90) : 0;
  const isFit = isKnownDay && isHuttonDay({ minTemperatureC: air.min, humidHours: humid });
  return [
    ...(et0 === undefined ? [] : [["air.et0Daily", et0] as const]),
    ...(base === undefined ? [] : [["crop.degreeDays", growingDegreeDays(extremes, base)] as const]),
    ...(isKnownDay ? [["leaf.huttonDays", isFit ? (runs["leaf.huttonDays"] ?? 0) + 1 : 0] as const] : []),
  ];
}

/** Measured where a leaf sensor stands, else guessed from the air; 50 % is where half of the sensor is wet. */
function valuesOfLeaves(hours: readonly Hour[]): PeriodValue[] {
  const measured = hoursWith(hours, "leaf.wetness");
  if (measured.length >= fewestHours.day)
    return [["leaf.wetHours", measured.filter(({ values }) => values["leaf.wetness"]!.mean >= 50).length]];
  const spans = airSpans(hours);
  if (spans.length < fewestHours.day) return [];
  return [["leaf.wetHours", leafWetnessHours(spans, "dew-point-depression")]];
}

function valuesOfWater(hours: readonly Hour[], { placeKind }: Surroundings, runs: Runs): PeriodValue[] {
  const levelM = meanOfHours(hours, "water.level");
  if (placeKind !== "parcel" || levelM === undefined || hours.length < fewestHours.day) return [];
  // Beyond what any field could be, awd.ts would call it a bug of ours; a well is no paddy.
  if (Math.abs(levelM) > 3) return [];
  const isDry = awdPhase(100 * levelM) !== "flooded";
  return [["water.dryDays", isDry ? (runs["water.dryDays"] ?? 0) + 1 : 0]];
}

/** What a night (18:00 to 06:00) comes to. */
export function valuesOfNight(hours: readonly Hour[], runs: Runs): PeriodValue[] {
  const air = extremesOf(hours, "air.temperature");
  const meanHumidityPct = meanOfHours(hours, "air.relativeHumidity");
  if (hours.length < fewestHours.night || air === null || meanHumidityPct === undefined) return [];
  const isFit = isBlastNight({ minTemperatureC: air.min, meanHumidityPct });
  return [["leaf.blastNights", isFit ? (runs["leaf.blastNights"] ?? 0) + 1 : 0]];
}

const hoursWith = (hours: readonly Hour[], quantity: keyof Hour["values"]) =>
  hours.filter(({ values }) => values[quantity] !== undefined);

function airSpans(hours: readonly Hour[]): AirSpan[] {
  return hours.flatMap(({ values }) => {
    const temperature = values["air.temperature"];
    const humidity = values["air.relativeHumidity"];
    if (temperature === undefined || humidity === undefined) return [];
    return [{ hours: 1, temperatureC: temperature.mean, relativeHumidityPct: humidity.mean }];
  });
}

/** Rice and maize; of other crops no base is published here, and a sum with a wrong one would be worth nothing. */
function degreeDayBaseOf(crop: string) {
  if (crop === "rice") return degreeDayBases.rice;
  return crop.startsWith("maize") ? degreeDayBases.maize : undefined;
}
