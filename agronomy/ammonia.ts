import { acidity, type Bound, waterTemperature, within } from "./bounds.ts";

/** Un-ionised ammonia, the part that poisons fish and shrimp, after Emerson et al. (1975), J. Fish. Res. Board Can. 32:2379. */

/** Mass of NH3 for each mass of nitrogen in it: limits are given in either. */
export const ammoniaPerNitrogen = 17.031 / 14.007;

/** pKa of ammonium in fresh water. The constant is 2729.92; the 2727.92 that goes round is a misprint. */
export function ammoniumPka(temperatureC: number): number {
  return 0.09018 + 2729.92 / (273.15 + within(waterTemperature, temperatureC));
}

/**
 * Share of the total ammonia that is NH3, 0..1. Measured at 0..30 °C; the law behind it is smooth and ponds get warmer,
 * so it is computed up to 50 °C, and undefined below 0 and above 50. For fresh water: in sea water the share is up to
 * a fifth less, so this errs on the safe side.
 */
export function unionisedAmmoniaFraction(ph: number, temperatureC: number): number | undefined {
  const pka = ammoniumPka(temperatureC);
  within(acidity, ph);
  if (temperatureC < 0 || temperatureC > 50) return undefined;
  return 1 / (1 + 10 ** (pka - ph));
}

const totalAmmonia: Bound = { name: "total ammonia", unit: "mg/L", min: 0, max: 50_000 };

/** NH3, mg/L, counted as the total is: as nitrogen when that is TAN. Undefined where the share is. */
export function unionisedAmmoniaMgL(water: {
  readonly totalAmmoniaMgL: number;
  readonly ph: number;
  readonly temperatureC: number;
}): number | undefined {
  const total = within(totalAmmonia, water.totalAmmoniaMgL);
  const fraction = unionisedAmmoniaFraction(water.ph, water.temperatureC);
  return fraction === undefined ? undefined : total * fraction;
}
