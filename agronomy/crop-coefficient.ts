import { type Bound, relativeHumidity, windSpeed, within } from "./bounds.ts";
import type { CropWater } from "./crops.ts";

/** The crop coefficient through a season, after FAO-56, chapter 6: ETc = Kc ET0. */

/** Lengths of the four stages, days. FAO-56 table 11 gives them by region: rice in the tropics 30, 30, 60..80, 30..40. */
export interface StageLengths {
  readonly initialDays: number;
  readonly developmentDays: number;
  readonly midDays: number;
  readonly lateDays: number;
}

const coefficient: Bound = { name: "Kc", unit: "", min: 0, max: 2 };
const stageLength: Bound = { name: "length of a stage", unit: "days", min: 0, max: 1000 };
const dayOfSeason: Bound = { name: "day of the season", unit: "", min: 0, max: 1500 };

/**
 * Kc on a day (0 = sowing or planting): level, rising to mid-season, level, going to its end. FAO-56 eq. 66. After the
 * last stage it stays at the end value, which a perennial keeps and a harvested annual does not need.
 */
export function cropCoefficient(
  { kcInitial, kcMid, kcEnd }: Pick<CropWater, "kcInitial" | "kcMid" | "kcEnd">,
  stages: StageLengths,
  day: number,
): number {
  for (const days of Object.values(stages)) within(stageLength, days);
  for (const kc of [kcInitial, kcMid, kcEnd]) within(coefficient, kc);
  const sinceInitial = within(dayOfSeason, day) - stages.initialDays;
  if (sinceInitial <= 0) return kcInitial;
  if (sinceInitial < stages.developmentDays)
    return kcInitial + (sinceInitial / stages.developmentDays) * (kcMid - kcInitial);
  const sinceMid = sinceInitial - stages.developmentDays;
  if (sinceMid <= stages.midDays) return kcMid;
  return kcMid + Math.min(1, (sinceMid - stages.midDays) / stages.lateDays) * (kcEnd - kcMid);
}

const height: Bound = { name: "crop height", unit: "m", min: 0, max: 100 };

/**
 * Kc of mid-season (or of the end, where that is 0.45 and more) as the climate has it: less in humid, still air. FAO-56
 * eq. 62 and 65, for 20..80 % of minimum humidity, 1..6 m/s and crops of 0.1..10 m; values outside are taken as the
 * nearest within. A Kc below 0.45 (a crop left to dry) is returned as it is.
 */
export function climateAdjustedKc(
  kc: number,
  climate: {
    readonly windSpeed2mMs: number;
    readonly minHumidityPct: number;
    readonly heightM: number;
  },
): number {
  const u2 = held(within(windSpeed, climate.windSpeed2mMs), 1, 6);
  const humidity = held(relativeHumidity(climate.minHumidityPct), 20, 80);
  const tall = held(within(height, climate.heightM), 0.1, 10);
  if (within(coefficient, kc) < 0.45) return kc;
  return kc + (0.04 * (u2 - 2) - 0.004 * (humidity - 45)) * (tall / 3) ** 0.3;
}

function held(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
