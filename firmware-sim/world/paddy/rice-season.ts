import { cropCoefficient, crops, type StageLengths } from "../../../agronomy/index.ts";
import { dayOfCycle } from "../soil/crop-season.ts";

/** FAO-56's stages of tropical rice (table 11), shortened to the 105 days of the varieties sown along this coast. */
const stages: StageLengths = { initialDays: 20, developmentDays: 25, midDays: 35, lateDays: 25 };
const seasonDays = 105;
const floweringDay = 75;
/** Before harvest the field is left to dry, so that a machine can stand on it. */
const drainedDays = 12;
const fallowDays = 20;
/** Wet ground between two seasons evaporates about as the reference grass does. */
const bareWetSoilKc = 1;

export interface RiceDay {
  readonly kc: number;
  readonly cover: number;
  readonly day: number;
  readonly daysToFlowering: number;
  /** Whether water is still wanted: growing, and not yet drained for the harvest. */
  readonly isWatered: boolean;
}

/** The days of a season and the fallow after it. */
const calendar: readonly RiceDay[] = Array.from({ length: seasonDays + fallowDays }, (_, day) => {
  const isGrowing = day <= seasonDays;
  return {
    kc: isGrowing ? cropCoefficient(crops.rice, stages, day) : bareWetSoilKc,
    cover: isGrowing ? 0.9 * Math.min(1, Math.max(0, (day - 10) / 45)) : 0.1,
    day,
    daysToFlowering: floweringDay - day,
    isWatered: day < seasonDays - drainedDays,
  };
});

/** So many days after sowing; one season follows the other. */
export function riceOn(daysSinceSowing: number): RiceDay {
  return calendar[dayOfCycle(daysSinceSowing, calendar.length)]!;
}
