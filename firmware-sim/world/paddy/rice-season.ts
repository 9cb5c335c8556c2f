import { cropCoefficient, crops, type StageLengths } from "../../../agronomy/index.ts";

/** FAO-56's stages of tropical rice (table 11), shortened to the 105 days of the varieties sown along this coast. */
const stages: StageLengths = { initialDays: 20, developmentDays: 25, midDays: 35, lateDays: 25 };
const seasonDays = 105;
const floweringDay = 75;
/** Before harvest the field is left to dry, so that a machine can stand on it. */
const drainedDays = 12;
const fallowDays = 20;

export interface RiceDay {
  readonly kc: number;
  readonly cover: number;
  readonly day: number;
  readonly daysToFlowering: number;
  /** Whether water is still wanted: growing, and not yet drained for the harvest. */
  readonly isWatered: boolean;
}

/** So many days after sowing; one season follows the other. */
export function riceOn(daysSinceSowing: number): RiceDay {
  const cycle = seasonDays + fallowDays;
  const day = ((daysSinceSowing % cycle) + cycle) % cycle;
  const isGrowing = day <= seasonDays;
  const kc = cropCoefficient(crops.rice, stages, Math.min(day, seasonDays));
  const cover = isGrowing ? 0.9 * Math.min(1, Math.max(0, (day - 10) / 45)) : 0.1;
  return {
    kc: isGrowing ? kc : 1,
    cover,
    day,
    daysToFlowering: floweringDay - day,
    isWatered: day < seasonDays - drainedDays,
  };
}
