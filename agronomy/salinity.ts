import { type Bound, waterTemperature, within } from "./bounds.ts";

/**
 * Practical salinity (PSS-78, UNESCO technical paper 44) from electrical conductivity, with the extension of Hill et al.
 * (1986, IEEE J. Oceanic Eng. 11:109) that carries it from 2 down to 0. The number is close to g/kg, and to the "g/L" and
 * "per mille" of salinity bulletins; for inland waters with salts other than the sea's it is an estimate. Temperatures
 * are taken as read: the step from the scale of 1968 to that of 1990, 0.006 °C at 25 °C, is beyond a field probe.
 */

const conductivity: Bound = { name: "conductivity", unit: "mS/cm", min: 0, max: 250 };
const salinityBound: Bound = { name: "salinity", unit: "", min: 0, max: 350 };

/** mS/cm of standard sea water (salinity 35) at 15 °C. */
const standardSeaWaterMsCm = 42.914;

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/** rt: how conductivity of sea water at t compares with 15 °C. */
const temperatureRatio = (t: number) =>
  polynomial([0.6766097, 2.00564e-2, 1.104259e-4, -6.9698e-7, 1.0031e-9], t);

function salinityOfRatio(ratio: number, t: number): number {
  const root = Math.sqrt(ratio);
  const warmth = (t - 15) / (1 + 0.0162 * (t - 15));
  const pss78 =
    polynomial([0.008, -0.1692, 25.3851, 14.0941, -7.0261, 2.7081], root) +
    warmth * polynomial([0.0005, -0.0056, -0.0066, -0.0375, 0.0636, -0.0144], root);
  return pss78 - lowSalinityTerm(ratio, warmth);
}

/** Hill's terms: they make pure water come out at 0 and fade away above 2. */
function lowSalinityTerm(ratio: number, warmth: number): number {
  const x = 400 * ratio;
  const y = 100 * ratio;
  return 0.008 / (1 + 1.5 * x + x ** 2) + (0.0005 * warmth) / (1 + Math.sqrt(y) + y + y ** 1.5);
}

const covered = (temperatureC: number) => temperatureC >= -2 && temperatureC <= 40;
const saltiest = 42;

/**
 * Salinity from the conductivity as measured at this temperature (not compensated), at the surface. PSS-78 holds for
 * -2..35 °C and up to 42; it is carried on to 40 °C for shallow ponds. Undefined outside.
 */
export function salinityFromConductivity(msPerCm: number, temperatureC: number): number | undefined {
  const measured = within(conductivity, msPerCm);
  within(waterTemperature, temperatureC);
  if (!covered(temperatureC)) return undefined;
  const ratio = measured / standardSeaWaterMsCm / temperatureRatio(temperatureC);
  const salinity = Math.max(0, salinityOfRatio(ratio, temperatureC));
  return salinity <= saltiest ? salinity : undefined;
}

/** The conductivity, mS/cm, that water of this salinity shows at this temperature. Undefined as above. */
export function conductivityFromSalinityMsCm(salinity: number, temperatureC: number): number | undefined {
  within(salinityBound, salinity);
  within(waterTemperature, temperatureC);
  if (!covered(temperatureC) || salinity > saltiest) return undefined;
  const ratio = ratioOfSalinity(salinity, temperatureC);
  return ratio * temperatureRatio(temperatureC) * standardSeaWaterMsCm;
}

/**
 * There is no closed inverse; salinity rises with the ratio, so halving the interval finds it to the last bit. Under
 * 2 µS/cm, where Hill's terms dip below zero, no probe could tell the difference.
 */
function ratioOfSalinity(salinity: number, t: number): number {
  let low = 0;
  let high = 1.5;
  for (let halvings = 0; halvings < 54; halvings++) {
    const middle = (low + high) / 2;
    if (salinityOfRatio(middle, t) < salinity) low = middle;
    else high = middle;
  }
  return low;
}

/** Salinity from EC25: a conductivity that the probe has compensated to 25 °C, as most do. mS/cm. */
export function salinityFromEc25(ec25MsPerCm: number): number | undefined {
  return salinityFromConductivity(ec25MsPerCm, 25);
}

/** EC25, mS/cm, of water of this salinity: thresholds in g/L become thresholds of a probe. */
export function ec25FromSalinityMsCm(salinity: number): number | undefined {
  return conductivityFromSalinityMsCm(salinity, 25);
}
