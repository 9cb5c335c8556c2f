import { quantities } from "../../devices/index.ts";

/** What a quantity allows, laid out for a check that costs next to nothing. */
export interface Gauge {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Sentinels that lie among the plausible values; mostly none. */
  readonly sentinelsInside: readonly number[];
  readonly sentinelsOutside: readonly number[];
  /** Whether a mounting height makes a water level of it. */
  readonly isDistance: boolean;
}

export const gauges: ReadonlyMap<string, Gauge> = new Map(
  [...quantities.values()].map(({ name, unit, plausible: { min, max }, sentinels = [] }) => {
    const inside = (value: number) => value >= min && value <= max;
    const sentinelsInside = sentinels.filter(inside);
    const sentinelsOutside = sentinels.filter((value) => !inside(value));
    const isDistance = name === "water.distance";
    return [name, { unit, min, max, sentinelsInside, sentinelsOutside, isDistance }];
  }),
);
