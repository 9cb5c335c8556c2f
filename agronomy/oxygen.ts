import { airPressure, type Bound, waterTemperature, within } from "./bounds.ts";

/** Dissolved oxygen in balance with moist air, after Benson and Krause (1984), Limnol. Oceanogr. 29:620. */

export interface OxygenConditions {
  readonly temperatureC: number;
  /** Practical salinity, close to g/kg; 0 when left out. */
  readonly salinity?: number;
  /** Measured at the place, or from its altitude (not reduced to sea level); one atmosphere when left out. */
  readonly pressureKpa?: number;
}

const atmosphereKpa = 101.325;
const salinityBound: Bound = { name: "salinity", unit: "", min: 0, max: 350 };
const measuredOxygen: Bound = { name: "dissolved oxygen", unit: "mg/L", min: 0, max: 100 };

/**
 * mg/L at saturation. Valid for 0..40 °C and salinity 0..40; undefined outside (brine, ice, a probe in the sun).
 */
export function oxygenSaturationMgL(conditions: OxygenConditions): number | undefined {
  const { temperatureC, salinity = 0, pressureKpa = atmosphereKpa } = conditions;
  within(waterTemperature, temperatureC);
  within(salinityBound, salinity);
  const atmospheres = within(airPressure, pressureKpa) / atmosphereKpa;
  if (temperatureC < 0 || temperatureC > 40 || salinity > 40) return undefined;
  return atOneAtmosphereMgL(temperatureC, salinity) * pressureFactor(temperatureC, atmospheres);
}

/** Eq. 32 of the paper, as Standard Methods 4500-O prints it, in mg/L. */
function atOneAtmosphereMgL(temperatureC: number, salinity: number): number {
  const t = temperatureC + 273.15;
  const fresh = -139.34411 + 1.575701e5 / t - 6.642308e7 / t ** 2 + 1.2438e10 / t ** 3 - 8.621949e11 / t ** 4;
  const salt = salinity * (1.7674e-2 - 10.754 / t + 2140.7 / t ** 2);
  return Math.exp(fresh - salt);
}

/** Eq. 24: less pressure leaves less room for oxygen, since the water vapour keeps its share. */
function pressureFactor(temperatureC: number, atmospheres: number): number {
  const t = temperatureC + 273.15;
  const vapour = Math.exp(11.8571 - 3840.7 / t - 216961 / t ** 2);
  const theta = 0.000975 - 1.426e-5 * temperatureC + 6.436e-8 * temperatureC ** 2;
  const room = (1 - vapour / atmospheres) * (1 - theta * atmospheres);
  return (atmospheres * room) / ((1 - vapour) * (1 - theta));
}

/** Percent of saturation, above 100 when algae breathe out by day. Undefined where the saturation is. */
export function oxygenSaturationPct(measuredMgL: number, conditions: OxygenConditions): number | undefined {
  const measured = within(measuredOxygen, measuredMgL);
  const saturation = oxygenSaturationMgL(conditions);
  return saturation === undefined ? undefined : (100 * measured) / saturation;
}
