import { cropCoefficient, crops, type StageLengths } from "../../../agronomy/index.ts";

export type ParcelCrop = keyof typeof seasons;

const perennial: StageLengths = { initialDays: 0, developmentDays: 0, midDays: 365, lateDays: 1 };

/** Stage lengths, days: FAO-56 table 11, the row nearest to the tropics. Perennials stand in mid-season all year. */
const seasons = {
  "coffee-bare-ground": perennial,
  citrus: perennial,
  tea: perennial,
  peanut: { initialDays: 25, developmentDays: 35, midDays: 45, lateDays: 25 },
  "maize-grain": { initialDays: 20, developmentDays: 35, midDays: 40, lateDays: 30 },
  soybean: { initialDays: 15, developmentDays: 15, midDays: 40, lateDays: 15 },
  cassava: { initialDays: 20, developmentDays: 40, midDays: 90, lateDays: 60 },
  "sweet-potato": { initialDays: 15, developmentDays: 30, midDays: 50, lateDays: 30 },
} as const satisfies Partial<Record<keyof typeof crops, StageLengths>>;

export const parcelCrops = Object.keys(seasons) as readonly ParcelCrop[];

/** Between harvest and the next sowing. */
const fallowDays = 20;
const bareSoilKc = 0.3;

const lengthOf = (stages: StageLengths) =>
  stages.initialDays + stages.developmentDays + stages.midDays + stages.lateDays;

interface CropDay {
  readonly kc: number;
  /** Share of the ground that the crop covers, 0 to 1. */
  readonly cover: number;
}

/** The crop on each day since sowing (before it, too: one season follows the other). */
export function cropCalendar(crop: ParcelCrop): (days: number) => CropDay {
  const stages = seasons[crop];
  const { kcInitial, kcMid, kcEnd } = crops[crop];
  if (stages === perennial) return () => ({ kc: kcMid, cover: 0.75 });
  const growing = Array.from({ length: lengthOf(stages) + 1 }, (_, day): CropDay => {
    const kc = cropCoefficient({ kcInitial, kcMid, kcEnd }, stages, day);
    return { kc, cover: 0.9 * Math.min(1, Math.max(0, (kc - kcInitial) / (kcMid - kcInitial))) };
  });
  const calendar = [...growing, ...new Array<CropDay>(fallowDays).fill({ kc: bareSoilKc, cover: 0 })];
  return (days) => calendar[dayOfCycle(days, calendar.length)]!;
}

/** The whole day of a cycle that repeats, 0 to its length, also before its beginning. */
export function dayOfCycle(days: number, length: number): number {
  return ((Math.floor(days) % length) + length) % length;
}
