import type { Sky } from "../sky/weather.ts";

/**
 * How open water warms: it goes towards the equilibrium temperature, at which sun, sky, wind and evaporation balance, by
 * the method of Edinger, Duttweiler and Geyer (1968, Water Resour. Res. 4:1137), as Thomann and Mueller (1987) print it.
 */

/** J/m³K */
const heatCapacityOfWater = 4.18e6;

/** °C of well-mixed water some hours later. `shade` is the share of the sun that a canopy keeps off. */
export function warmed(
  waterC: number,
  depthM: number,
  sky: Sky,
  dewPointC: number,
  hours: number,
  shade = 0,
): number {
  const exchange = exchangeWm2C(waterC, dewPointC, sky.wind);
  // Water reflects some 6 % of the sunlight.
  const equilibriumC = dewPointC + (0.94 * (1 - shade) * sky.irradiance) / exchange;
  const share = -Math.expm1((-exchange * hours * 3600) / (heatCapacityOfWater * depthM));
  return waterC + (equilibriumC - waterC) * share;
}

/** K, W/m²°C: long-wave radiation, evaporation and conduction together, linear around the present temperature. */
function exchangeWm2C(waterC: number, dewPointC: number, windAt2mMs: number): number {
  // The wind function is for 7 m (FAO-56 eq. 47), and for weather in which one measures, not for typhoons.
  const windFunction = 9.2 + 0.46 * Math.min(12, 1.26 * windAt2mMs) ** 2;
  const middle = (waterC + dewPointC) / 2;
  const slope = 0.35 + 0.015 * middle + 0.0012 * middle ** 2;
  return 4.5 + 0.05 * waterC + (slope + 0.47) * windFunction;
}
