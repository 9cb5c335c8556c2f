import { amountWithin } from "../site.ts";

/** What can be put on a field at once. */
export const fieldInputs = ["irrigationMm", "fertiliserKgHa"] as const;

const mostIrrigationMm = 300;
const mostFertiliserKgHa = 2000;
/** A kilogram of mineral fertiliser on a hectare is a tenth of a gram of salts on a square metre. */
const gramsM2OfKgHa = 0.1;

/** What it means for a square metre. @throws RangeError when there cannot be so much */
export function fieldInput(
  input: string,
  amount: number,
): { readonly irrigationMm: number; readonly saltG: number } {
  if (input === "irrigationMm") {
    return { irrigationMm: amountWithin(input, amount, 0, mostIrrigationMm), saltG: 0 };
  }
  return { irrigationMm: 0, saltG: amountWithin(input, amount, 0, mostFertiliserKgHa) * gramsM2OfKgHa };
}
