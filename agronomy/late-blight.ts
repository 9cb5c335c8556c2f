import { airTemperature, type Bound, within } from "./bounds.ts";

/**
 * Late blight of potato and tomato by the Hutton criteria (AHDB and James Hutton Institute, 2017): two days running, each
 * with a minimum of 10 °C or more and at least 6 hours at 90 % humidity or more. Tested in Great Britain only.
 */
export interface LateBlightDay {
  readonly minTemperatureC: number;
  /** Hours with a relative humidity of 90 % or more. */
  readonly humidHours: number;
}

const hoursOfDay: Bound = { name: "humid hours of a day", unit: "h", min: 0, max: 25 };

/** Whether one day is fit for infection. */
export function isHuttonDay({ minTemperatureC, humidHours }: LateBlightDay): boolean {
  return within(airTemperature, minTemperatureC) >= 10 && within(hoursOfDay, humidHours) >= 6;
}

/**
 * Whether a Hutton period is complete on the last of these consecutive days. A day that is not known is undefined and
 * proves nothing, so it breaks the run; whether a day has readings enough to be judged is the caller's to say.
 */
export function huttonCriteriaMet(days: readonly (LateBlightDay | undefined)[]): boolean {
  const lastTwo = days.slice(-2);
  return lastTwo.length === 2 && lastTwo.every((day) => day !== undefined && isHuttonDay(day));
}
