import { airTemperature, relativeHumidity, within } from "./bounds.ts";

/**
 * Weather for rice blast, after India's Rice Knowledge Management Portal: night minima of 20..26 °C with a humidity of
 * 90 % and more, for a week or more, in the seedling, tillering or neck stage. The source does not say how a night's
 * humidity is taken; here it is the mean of the night.
 */
export interface BlastNight {
  readonly minTemperatureC: number;
  readonly meanHumidityPct: number;
}

export const blastSensitiveStages = ["seedling", "tillering", "neck"] as const;

/** So many such nights running make the risk. */
export const blastRiskNights = 7;

export function isBlastNight({ minTemperatureC, meanHumidityPct }: BlastNight): boolean {
  const coldest = within(airTemperature, minTemperatureC);
  return relativeHumidity(meanHumidityPct) >= 90 && coldest >= 20 && coldest <= 26;
}

/** Blast nights running up to the last of these consecutive nights. A night that is not known ends the run. */
export function blastNightsRunning(nights: readonly (BlastNight | undefined)[]): number {
  const lastOther = nights.findLastIndex((night) => night === undefined || !isBlastNight(night));
  return nights.length - 1 - lastOther;
}
