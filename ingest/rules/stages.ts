/** A stage of a crop or a flock, by days since it was sown, planted or put in; the first day is 0. */
interface StageSpan {
  readonly stage: string;
  readonly fromDay: number;
  /** Inclusive; left out: for as long as it is there. */
  readonly toDay?: number;
}

/**
 * The stages for which the packs ask, where their sources count days. Flowering and ripening of rice hang on the variety and the season, and
 * pigs are told by weight: of those nobody knows the stage before a person says it.
 */
export const stagesByAge: Readonly<Record<string, readonly StageSpan[]>> = {
  // "0–14 days after sowing or planting": Báo Bình Định on saving water in rice.
  rice: [{ stage: "early", fromDay: 0, toDay: 14 }],
  // Lohmann management guide 2017, by the age of the chicks, whose first day is day 1.
  poultry: [
    { stage: "day-1-to-2", fromDay: 0, toDay: 1 },
    { stage: "day-5-to-7", fromDay: 4, toDay: 6 },
    { stage: "week-2", fromDay: 7, toDay: 13 },
    { stage: "week-3", fromDay: 14, toDay: 20 },
    { stage: "week-4", fromDay: 21, toDay: 27 },
    { stage: "from-week-5", fromDay: 28 },
  ],
};

/** @returns null where the days do not tell it */
export function stageByAge(crop: string | null, days: number): string | null {
  const spans = (crop === null ? undefined : stagesByAge[crop]) ?? [];
  const isIn = ({ fromDay, toDay = Number.POSITIVE_INFINITY }: StageSpan) => days >= fromDay && days <= toDay;
  return spans.find(isIn)?.stage ?? null;
}

/** Days on which a stage begins or ends by itself. */
export function daysOfChange(crop: string | null): readonly number[] {
  const spans = (crop === null ? undefined : stagesByAge[crop]) ?? [];
  const days = spans.flatMap(({ fromDay, toDay }) =>
    toDay === undefined ? [fromDay] : [fromDay, toDay + 1],
  );
  return [...new Set(days)].sort((one, other) => one - other);
}
