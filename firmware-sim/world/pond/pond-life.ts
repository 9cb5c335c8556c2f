import { oxygenSaturationMgL } from "../../../agronomy/index.ts";
import type { Stretch } from "../site.ts";
import { dewPointOf } from "../sky/weather.ts";
import { warmed } from "../water/surface-heat.ts";
import { carbonateConstants, carbonDioxideInBalanceMmolL, carbonDioxideMmolL, phOf } from "./carbonate.ts";
import {
  aerationPerH,
  type Mouths,
  oxygenAfter,
  photosynthesisMgLH,
  reaerationPerH,
  respirationMgLH,
  stillBreathed,
  wasteAfter,
} from "./oxygen-rates.ts";
import type { PondLedger, Solution } from "./pond-volume.ts";

/** What lives in a pond in a short time, and what it makes of the water. */

export interface PondState extends Solution, PondLedger {
  readonly temperatureC: number;
  readonly oxygenMgL: number;
  readonly ph: number;
  readonly stockKgM2: number;
  /** Feed that is eaten but not yet digested, g/m². */
  readonly gutG: number;
  /** Oxygen that leftovers will still take, g/m². */
  readonly wasteG: number;
}

export interface Life {
  readonly stretch: Stretch;
  readonly stock: Mouths["stock"];
  readonly chlorophyllUgL: number;
  /** Paddle wheels that run, kW/ha. */
  readonly aerators: number;
}

/** Made, breathed and digested in the stretch: mg/L an hour of oxygen, and g/m² of feed. */
interface Turnover {
  readonly made: number;
  readonly breathed: number;
  readonly exchangePerH: number;
  readonly digestedG: number;
  readonly hours: number;
}

const digestedInHours = 6;

export function livedOn(pond: PondState, { stretch, stock, chlorophyllUgL, aerators }: Life): PondState {
  const { sky, hours } = stretch;
  const depthM = pond.waterMm / 1000;
  const temperatureC = warmed(pond.temperatureC, depthM, sky, dewPointOf(sky), hours);
  const water = { temperatureC, depthM, chlorophyllUgL };
  const constants = carbonateConstants(temperatureC, pond.saltGL);
  const ph = phOf(pond, constants, pond.ph);
  const carbonDioxide = carbonDioxideMmolL(pond, constants, ph);
  // Above pH 9.5 there is hardly any left to feed on.
  const made = photosynthesisMgLH(water, sky.irradiance) * (carbonDioxide / (carbonDioxide + 5e-4));
  const used = respirationMgLH(water, { stock, stockKgM2: pond.stockKgM2, wasteG: pond.wasteG });
  const exchangePerH = reaerationPerH(sky.wind, depthM) + aerationPerH(aerators, temperatureC, depthM);
  const saturation = saturationOf(temperatureC, pond.saltGL, sky.pressure);
  const oxygenMgL = oxygenAfter(pond.oxygenMgL, { made, used, exchangePerH, saturation }, hours);
  const digestedG = pond.gutG * -Math.expm1(-hours / digestedInHours);
  const turnover = { made, breathed: used * stillBreathed(oxygenMgL), exchangePerH, digestedG, hours };
  return {
    ...pond,
    temperatureC,
    oxygenMgL,
    ph,
    carbonMmolL: carbonAfter(pond, temperatureC, carbonDioxide, turnover),
    ...nitrogenAfter(pond, temperatureC, turnover),
    gutG: pond.gutG - digestedG,
    wasteG: wasteAfter(pond.wasteG, temperatureC, hours),
    stockKgM2: (pond.stockKgM2 + (grownPerFeed * digestedG) / 1000) * surviving(oxygenMgL, hours),
  };
}

/** Of a kg digested, kg of growth. */
const grownPerFeed = 0.5;

/** mmol of carbon for a mg of oxygen: one to 1.2 made, 0.9 to one breathed. */
const carbonTaken = 1 / (32 * 1.2);
const carbonGiven = 0.9 / 32;

/** Algae take carbon, breath gives it, and the surface evens it out with the air. */
function carbonAfter(
  { carbonMmolL }: PondState,
  temperatureC: number,
  carbonDioxide: number,
  { made, breathed, exchangePerH, hours }: Turnover,
): number {
  // Carbon dioxide passes the surface nine tenths as fast as oxygen.
  const evened = -Math.expm1(-0.9 * exchangePerH * hours);
  const fromAir = (carbonDioxideInBalanceMmolL(temperatureC) - carbonDioxide) * evened;
  return Math.max(0.05, carbonMmolL + fromAir + (breathed * carbonGiven - made * carbonTaken) * hours);
}

/** mg of ammonia nitrogen that a gram of digested feed becomes (Boyd and Tucker 1998: some 30 g/kg). */
const tanMgPerFeedG = 32;
/** mg of nitrogen that algae take for a mg of oxygen they make: Redfield's ratio. */
const nitrogenPerOxygen = 0.055;
/** Of what all breath burns, the share that is algae and mud, whose nitrogen comes back as ammonia. */
const returnedShare = 0.18;
/** Nitrified in an hour at 20 °C. */
const nitrifiedPerH = 0.006;

/** Feed gives ammonia; algae and nitrifying bacteria take it. Two equivalents of acid for each nitrogen that becomes nitrate. */
function nitrogenAfter(
  { tanMgL, alkalinityMeqL, waterMm }: PondState,
  temperatureC: number,
  { made, breathed, digestedG, hours }: Turnover,
): Pick<PondState, "tanMgL" | "alkalinityMeqL"> {
  const given = (digestedG * tanMgPerFeedG) / waterMm + nitrogenPerOxygen * returnedShare * breathed * hours;
  // Where little is left, algae live on nitrate.
  const taken = (tanMgL / (tanMgL + 0.2)) * nitrogenPerOxygen * made * hours;
  const nitrified = nitrifiedPerH * 1.08 ** (temperatureC - 20) * tanMgL * hours;
  return {
    tanMgL: Math.max(0.005, tanMgL + given - taken - nitrified),
    alkalinityMeqL: Math.max(0.1, alkalinityMeqL - (2 * nitrified) / 14),
  };
}

/** Under 1 mg/L they begin to die; with nothing left, half are dead in three hours. */
function surviving(oxygenMgL: number, hours: number): number {
  return oxygenMgL >= 1 ? 1 : Math.exp(-0.23 * (1 - oxygenMgL) * hours);
}

/** Inside the range of the formula, whatever the sun does to a puddle. */
export function saturationOf(temperatureC: number, saltGL: number, pressureHpa: number): number {
  return oxygenSaturationMgL({
    temperatureC: Math.min(40, Math.max(0, temperatureC)),
    salinity: Math.min(40, saltGL),
    pressureKpa: pressureHpa / 10,
  })!;
}
