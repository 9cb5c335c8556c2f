import { airTemperature, dayTemperatures, within } from "./bounds.ts";

export interface DegreeDayBase {
  /** Below it the plant does not develop. */
  readonly baseC: number;
  /** Above it, it develops no faster. */
  readonly upperC: number;
}

/**
 * Bases by crop. Sums with different bases or methods cannot be compared: store both beside the sum. Rice: 8 to 10 °C in
 * the literature, 10 taken here, not confirmed for local varieties. Maize: the 50/86 °F of North American practice.
 */
export const degreeDayBases = {
  rice: { baseC: 10, upperC: 30 },
  maize: { baseC: 10, upperC: 30 },
} as const satisfies Record<string, DegreeDayBase>;

/**
 * Growing degree days of one day, °C·d, 0..(upper - base). Averaging method: both extremes are held within base and upper
 * first, then averaged (method 2 of McMaster and Wilhelm 1997, Agric. For. Meteorol. 87:291, with an upper threshold).
 */
export function growingDegreeDays(
  day: { readonly minTemperatureC: number; readonly maxTemperatureC: number },
  { baseC, upperC }: DegreeDayBase,
): number {
  dayTemperatures(day.minTemperatureC, day.maxTemperatureC);
  if (within(airTemperature, baseC) >= within(airTemperature, upperC))
    throw new RangeError(`base ${baseC} °C must be below the upper threshold ${upperC} °C`);
  const held = (celsius: number) => Math.min(upperC, Math.max(baseC, celsius));
  return (held(day.maxTemperatureC) + held(day.minTemperatureC)) / 2 - baseC;
}
