import { airTemperature, type Bound, relativeHumidity, within } from "./bounds.ts";

/**
 * Temperature-humidity index of the US National Research Council (1971), one formula for cattle and pigs; the classes
 * differ. Meant for warm air: below about 14 °C it ranks nothing, since there humidity works the other way round.
 */
export function temperatureHumidityIndex(temperatureC: number, relativeHumidityPct: number): number {
  const fahrenheitScaled = 1.8 * within(airTemperature, temperatureC);
  const dryness = 0.55 - 0.0055 * relativeHumidity(relativeHumidityPct);
  return fahrenheitScaled + 32 - dryness * (fahrenheitScaled - 26);
}

const index: Bound = { name: "THI", unit: "", min: -150, max: 200 };

/** Worst first: a class begins at its index and ends where the one above begins. */
const dairyClasses = [
  { from: 80, stress: "severe" },
  { from: 72, stress: "moderate" },
  { from: 68, stress: "mild" },
] as const;

/** Heat stress of high-yielding dairy cows: 68 mild, 72 moderate, 80 severe (University of Florida extension). */
export function dairyHeatStress(thi: number): "none" | "mild" | "moderate" | "severe" {
  return dairyClasses.find(({ from }) => within(index, thi) >= from)?.stress ?? "none";
}

const pigClasses = [
  { from: 84, stress: "emergency" },
  { from: 79, stress: "danger" },
  { from: 75, stress: "alert" },
] as const;

/**
 * Heat stress of fattening pigs by the livestock weather safety index (Livestock Conservation Institute 1970): 75 alert,
 * 79 danger, 84 emergency. Made for cattle and pigs in transport; not confirmed for sheds in the tropics.
 */
export function pigHeatStress(thi: number): "none" | "alert" | "danger" | "emergency" {
  return pigClasses.find(({ from }) => within(index, thi) >= from)?.stress ?? "none";
}
