import { photonsPerJoule } from "../open-air.ts";

/** Where a pond's oxygen comes from and goes to. Rates in mg/L an hour, or shares an hour towards saturation. */

/** mg of oxygen that a mg of chlorophyll makes in an hour of full light at 20 °C: ponds have 5 to 20 (Boyd and Tucker 1998). */
const mostPerChlorophyll = 11;
/** Light at which half of that is made, µmol/m²s. */
const halfLight = 250;
/** Algae's own breathing, as a share of what they can make at most. */
const algaeBreathe = 0.08;

/** Growth and breathing of algae by temperature: Eppley (1972), 1.066 a degree. */
const algaeWarmth = (temperatureC: number) => 1.066 ** (temperatureC - 20);
/** Bacteria and mud: 1.08 a degree (Chapra 1997, Surface Water-Quality Modeling). */
const decayWarmth = (temperatureC: number) => 1.08 ** (temperatureC - 20);
/** Animals: twice as much for ten degrees more. */
const animalWarmth = (temperatureC: number) => 2 ** ((temperatureC - 28) / 10);

/** How fast light fades with depth, 1/m: the water's own and that of its algae (0.014 m²/mg of chlorophyll, Kirk 1994). */
export function extinctionPerM(chlorophyllUgL: number): number {
  return 0.6 + 0.014 * chlorophyllUgL;
}

interface PondWater {
  readonly temperatureC: number;
  readonly depthM: number;
  readonly chlorophyllUgL: number;
}

/** Made by light, mean over the depth: Monod's law under Beer's, integrated (Huisman and Weissing 1994, Ecology 75:507). */
export function photosynthesisMgLH({ temperatureC, depthM, chlorophyllUgL }: PondWater, irradiance: number) {
  const light = 0.92 * irradiance * photonsPerJoule;
  const fades = extinctionPerM(chlorophyllUgL) * depthM;
  const used = Math.log((halfLight + light) / (halfLight + light * Math.exp(-fades))) / fades;
  return (mostPerChlorophyll * chlorophyllUgL * algaeWarmth(temperatureC) * used) / 1000;
}

/** mg of oxygen that a kg of animals breathes in an hour at 28 °C (Boyd and Tucker 1998, fed and awake). */
const animalsBreathe = { shrimp: 350, fish: 300 } as const;
/** mg a m² of mud takes up in an hour at 20 °C: 30 to 100 in fed ponds. */
const mudMgM2H = 35;
/** Dissolved and drifting matter that decays without the last days' feed. */
const backgroundMgLH = 0.03;

export interface Mouths {
  readonly stock: keyof typeof animalsBreathe;
  readonly stockKgM2: number;
  /** Oxygen that the leftovers of feed will still take, g/m². */
  readonly wasteG: number;
}

/** Of the leftovers, what decays in an hour at 20 °C. */
const wasteDecayPerH = 0.01;

/** Used up, as long as there is plenty. */
export function respirationMgLH(water: PondWater, { stock, stockKgM2, wasteG }: Mouths): number {
  const { temperatureC, depthM, chlorophyllUgL } = water;
  const algae = (algaeBreathe * mostPerChlorophyll * chlorophyllUgL * algaeWarmth(temperatureC)) / 1000;
  const animals = (animalsBreathe[stock] * stockKgM2 * animalWarmth(temperatureC)) / (1000 * depthM);
  const decay =
    decayWarmth(temperatureC) *
    (backgroundMgLH + mudMgM2H / (1000 * depthM) + (wasteG * wasteDecayPerH) / depthM);
  return algae + animals + decay;
}

export function wasteAfter(wasteG: number, temperatureC: number, hours: number): number {
  return wasteG * Math.exp(-wasteDecayPerH * decayWarmth(temperatureC) * hours);
}

/** Through the surface, by the wind: Banks and Herrera (1977, J. Environ. Eng. 103:489), with the wind at 10 m. */
export function reaerationPerH(windAt2mMs: number, depthM: number): number {
  // FAO-56 eq. 47 turned round: the wind at 10 m is a third more than at 2 m.
  const wind = 1.337 * windAt2mMs;
  const metresADay = 0.728 * Math.sqrt(wind) - 0.317 * wind + 0.0372 * wind ** 2;
  return metresADay / 24 / depthM;
}

/** kg of oxygen for a kWh in clean water without any, at 20 °C: paddle wheels (Boyd 1998, Aquac. Eng. 18:9). */
const paddleKgPerKwh = 1.3;
/** At which that test is made, mg/L. */
const standardSaturation = 9.09;
/** Of that, what is left in pond water. */
const inPondWater = 0.9;

/** Paddle wheels of this power on a hectare. */
export function aerationPerH(kilowattsHa: number, temperatureC: number, depthM: number): number {
  const mgLH = (paddleKgPerKwh * kilowattsHa * inPondWater) / (10 * depthM);
  return (mgLH / standardSaturation) * 1.024 ** (temperatureC - 20);
}

/** Half of what is breathed is breathed still at this, mg/L. */
const halfBreath = 0.4;

/** Share of the usual breath that so little oxygen still allows. */
export function stillBreathed(oxygenMgL: number): number {
  return oxygenMgL / (oxygenMgL + halfBreath);
}

/** Oxygen some hours later. Where little is left, less is used, so that it ends near nothing, not below. */
export function oxygenAfter(
  oxygen: number,
  rates: {
    readonly made: number;
    readonly used: number;
    readonly exchangePerH: number;
    readonly saturation: number;
  },
  hours: number,
): number {
  const { made, used, saturation } = rates;
  // Far above saturation it bubbles out.
  const exchange = rates.exchangePerH + (oxygen > 2.2 * saturation ? 0.5 : 0);
  const leavesPerH = exchange + used / (oxygen + halfBreath);
  const goal = (made + exchange * saturation) / leavesPerH;
  return goal + (oxygen - goal) * Math.exp(-leavesPerH * hours);
}
