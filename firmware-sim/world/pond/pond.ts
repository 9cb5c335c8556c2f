import { oxygenSaturationMgL, unionisedAmmoniaMgL } from "../../../agronomy/index.ts";
import { keyAt, keyOf, uniform } from "../../chance.ts";
import { amountWithin, type SiteModel, type Stretch, type Truth } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { solarDays } from "../sky/days.ts";
import { dewPointOf } from "../sky/weather.ts";
import { saltWater } from "../water/salt-water.ts";
import { warmed } from "../water/surface-heat.ts";
import { carbonateConstants, carbonDioxideInBalanceMmolL, carbonDioxideMmolL, phOf } from "./carbonate.ts";
import {
  aerationPerH,
  extinctionPerM,
  oxygenAfter,
  photosynthesisMgLH,
  reaerationPerH,
  respirationMgLH,
  wasteAfter,
} from "./oxygen-rates.ts";
import { type PondLedger, type Solution, volumeAfter } from "./pond-volume.ts";

export interface PondTraits {
  readonly stock: "shrimp" | "fish";
  readonly areaM2: number;
  readonly depthM: number;
  readonly stockKgHa: number;
  /** Whether somebody feeds, limes, fills up and runs the paddle wheels by the clock. */
  readonly isTended: boolean;
  /** At the beginning, and of the water let in, g/L. */
  readonly salinity: number;
}

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

const runUpHours = 12 * 24;
const seepageMmDay = 2;
/** Kc of open water under 2 m deep or in humid climates: FAO-56 table 12. */
const openWaterKc = 1.05;
const freeboardMm = 150;
const exchangeMmH = 20;
const topUpMmH = 6;

/** A fish or shrimp pond, well mixed from top to bottom. */
export function pondModel({ seed, place, startMs, weather }: SiteParts): SiteModel<PondState> {
  const key = keyOf(seed, `pond ${place.id}`);
  const traits = pondTraits(key, place.pond);
  const chlorophyllUgL = 70 + 70 * uniform(keyAt(key, 10));
  const inflow = {
    saltGL: traits.salinity,
    alkalinityMeqL: 1.8 + 0.6 * uniform(keyAt(key, 11)),
    carbonMmolL: 1.9 + 0.6 * uniform(keyAt(key, 11)),
    tanMgL: 0.1,
  };
  // 0.75 kW for each 450 kg of shrimp (Boyd 1998); fish ponds have less.
  const kilowattsHa = (traits.stockKgHa / 600) * (traits.stock === "shrimp" ? 1 : 0.7);
  const hourOf = (atMs: number) => (solarDays(atMs, place.longitude) % 1) * 24;

  function step(state: PondState, stretch: Stretch): PondState {
    // Until the start somebody looks after every pond, and none of the stock dies.
    const isBefore = stretch.middleMs < startMs;
    const isTended = traits.isTended || isBefore;
    const hourOfDay = hourOf(stretch.middleMs);
    const kept = isTended ? keptUp(state, traits, hourOfDay, stretch.hours) : state;
    const wet = volumeAfter(kept, {
      rainMm: stretch.rainMm,
      evaporationMm: Math.max(0, openWaterKc * stretch.weather.et0MmH(stretch.middleMs)) * stretch.hours,
      seepageMm: (seepageMmDay / 24) * stretch.hours,
      inflowMm: inflowMmH(kept, { ...traits, isTended }, stretch) * stretch.hours,
      inflow,
      outletMm: traits.depthM * 1000 + (stretch.isOn("exchange") ? 0 : freeboardMm),
    });
    const isAerating =
      stretch.isPowered && (stretch.isOn("aerate") || (isTended && isUsualHour(traits, hourOfDay)));
    const aerators = isAerating ? kilowattsHa : 0;
    const after = livedOn(wet, { stretch, stock: traits.stock, chlorophyllUgL, aerators });
    return isBefore ? { ...after, stockKgM2: state.stockKgM2 } : after;
  }

  return {
    isOpen: true,
    actions: ["aerate", "exchange"],
    inputs: ["feedKg", "limeKg", "stockKg"],
    runUpHours,
    start: {
      ...inflow,
      waterMm: traits.depthM * 1000,
      tanMgL: 0.4,
      temperatureC: weather.usualC(startMs - runUpHours * 3_600_000) + 1,
      oxygenMgL: 6,
      ph: 8,
      stockKgM2: traits.stockKgHa / 10_000,
      gutG: 0,
      wasteG: 0,
      ...{ inMm: 0, inSaltG: 0, outMm: 0, outSaltG: 0, evaporatedMm: 0 },
    },
    step,
    put: (state, input, amount) => putIn(state, traits, input, amount),
    truth: (state) => truthOf(state, traits, chlorophyllUgL),
  };
}

function pondTraits(key: number, known: Partial<PondTraits> | undefined): PondTraits {
  const stock = known?.stock ?? (uniform(key) < 0.5 ? "shrimp" : "fish");
  const isShrimp = stock === "shrimp";
  return {
    stock,
    areaM2: 1500 + Math.floor(3500 * uniform(keyAt(key, 1))),
    depthM: 1.2 + 0.4 * uniform(keyAt(key, 2)),
    stockKgHa: 2500 + (isShrimp ? 4000 : 3000) * uniform(keyAt(key, 3)),
    isTended: true,
    salinity: isShrimp ? 6 + 14 * uniform(keyAt(key, 4)) : 0.1 + 0.15 * uniform(keyAt(key, 4)),
    ...known,
  };
}

/** Paddle wheels run by the clock: all night for shrimp, before dawn for fish. */
function isUsualHour({ stock }: PondTraits, hour: number): boolean {
  return hour < 6 || (stock === "shrimp" && hour >= 21);
}

function inflowMmH(state: PondState, { depthM, isTended }: PondTraits, stretch: Stretch): number {
  if (!stretch.isPowered) return 0;
  if (stretch.isOn("exchange")) return exchangeMmH;
  return isTended && state.waterMm < depthM * 1000 - 60 ? topUpMmH : 0;
}

/** Share of its weight that the stock is fed on a warm day. */
const fedPerDay = 0.025;
const limedBelowMeqL = 1.6;

/** By day the keeper feeds; water that has become soft is limed. */
function keptUp(state: PondState, { stockKgHa }: PondTraits, hour: number, hours: number): PondState {
  const isFeeding = hour >= 6 && hour < 18 && state.temperatureC > 18 && state.oxygenMgL > 2;
  // Harvested bit by bit, the stock stays near what the pond is made for; in cool water it eats less.
  const eatersKgM2 = Math.min(state.stockKgM2, stockKgHa / 10_000);
  const appetite = Math.min(1, 2 ** ((state.temperatureC - 28) / 8));
  const fedG = isFeeding ? 1000 * eatersKgM2 * appetite * (fedPerDay / 12) * hours : 0;
  const limeMeqL = state.alkalinityMeqL < limedBelowMeqL ? 0.02 * hours : 0;
  const { gutG, wasteG } = eaten(state, fedG);
  return {
    ...state,
    gutG,
    wasteG,
    alkalinityMeqL: state.alkalinityMeqL + limeMeqL,
    carbonMmolL: state.carbonMmolL + limeMeqL / 2,
  };
}

/** Of feed, a fifth is left over; the leftovers and droppings of a gram take 0.35 g of oxygen (Boyd and Tucker 1998). */
function eaten({ gutG, wasteG }: PondState, feedG: number) {
  return { gutG: gutG + 0.8 * feedG, wasteG: wasteG + 0.35 * feedG };
}

function putIn(state: PondState, { areaM2 }: PondTraits, input: string, amount: number): PondState {
  switch (input) {
    case "feedKg":
      return { ...state, ...eaten(state, (1000 * amountWithin(input, amount, 0, areaM2)) / areaM2) };
    case "limeKg": {
      // CaCO3: 50 g to the equivalent, and one carbon to two equivalents.
      const meqL = (1e6 * amountWithin(input, amount, 0, areaM2)) / 50 / areaM2 / state.waterMm;
      return {
        ...state,
        alkalinityMeqL: state.alkalinityMeqL + meqL,
        carbonMmolL: state.carbonMmolL + meqL / 2,
      };
    }
    default: {
      const leastKg = -state.stockKgM2 * areaM2;
      const kg = amountWithin(input, amount, leastKg, 40 * areaM2);
      return { ...state, stockKgM2: state.stockKgM2 + kg / areaM2 };
    }
  }
}

interface Life {
  readonly stretch: Stretch;
  readonly stock: PondTraits["stock"];
  readonly chlorophyllUgL: number;
  /** kW/ha that run. */
  readonly aerators: number;
}

const digestedInHours = 6;
/** mg of ammonia nitrogen that a gram of digested feed becomes (Boyd and Tucker 1998: some 30 g/kg). */
const tanMgPerFeedG = 32;
/** mg of nitrogen that algae take for a mg of oxygen they make: Redfield's ratio. */
const nitrogenPerOxygen = 0.055;
const nitrifiedPerH = 0.006;
/** mmol of carbon for a mg of oxygen: one to 1.2 made, 0.9 to one breathed. */
const carbonTaken = 1 / (32 * 1.2);
const carbonGiven = 0.9 / 32;

function livedOn(pond: PondState, { stretch, stock, chlorophyllUgL, aerators }: Life): PondState {
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
  const breathed = (used * oxygenMgL) / (oxygenMgL + 0.4);
  const airedMmolL =
    (carbonDioxideInBalanceMmolL(temperatureC) - carbonDioxide) * -Math.expm1(-0.9 * exchangePerH * hours);
  const digestedG = pond.gutG * -Math.expm1(-hours / digestedInHours);
  const takenN = (pond.tanMgL / (pond.tanMgL + 0.2)) * nitrogenPerOxygen * made;
  const nitrified = nitrifiedPerH * 1.08 ** (temperatureC - 20) * pond.tanMgL;
  const givenN =
    (digestedG * tanMgPerFeedG) / pond.waterMm + nitrogenPerOxygen * 0.6 * breathed * 0.3 * hours;
  return {
    ...pond,
    temperatureC,
    oxygenMgL,
    ph,
    carbonMmolL: Math.max(
      0.05,
      pond.carbonMmolL + airedMmolL + (breathed * carbonGiven - made * carbonTaken) * hours,
    ),
    // Two equivalents of acid for each nitrogen that becomes nitrate.
    alkalinityMeqL: Math.max(0.1, pond.alkalinityMeqL - (nitrified * 2 * hours) / 14),
    tanMgL: Math.max(0.005, pond.tanMgL + givenN - (takenN + nitrified) * hours),
    gutG: pond.gutG - digestedG,
    wasteG: wasteAfter(pond.wasteG, temperatureC, hours),
    stockKgM2: (pond.stockKgM2 + (0.5 * digestedG) / 1000) * surviving(oxygenMgL, hours),
  };
}

/** Under 1 mg/L they begin to die; with nothing left, half are dead in three hours. */
function surviving(oxygenMgL: number, hours: number): number {
  return oxygenMgL >= 1 ? 1 : Math.exp(-0.23 * (1 - oxygenMgL) * hours);
}

/** Inside the range of the formula, whatever the sun does to a puddle. */
function saturationOf(temperatureC: number, saltGL: number, pressureHpa: number): number {
  return oxygenSaturationMgL({
    temperatureC: Math.min(40, Math.max(0, temperatureC)),
    salinity: Math.min(40, saltGL),
    pressureKpa: pressureHpa / 10,
  })!;
}

function truthOf(state: PondState, { depthM }: PondTraits, chlorophyllUgL: number): Truth {
  const { temperatureC, oxygenMgL, ph, tanMgL, saltGL } = state;
  const saturation = saturationOf(temperatureC, saltGL, 1010);
  const ammonia = unionisedAmmoniaMgL({ totalAmmoniaMgL: tanMgL, ph, temperatureC }) ?? 0;
  return {
    "water.temperature": temperatureC,
    "water.dissolvedOxygen": oxygenMgL,
    "water.dissolvedOxygenSaturation": (100 * oxygenMgL) / saturation,
    "water.ph": ph,
    ...saltWater(saltGL),
    "water.ammonia": ammonia,
    "water.ammonium": tanMgL - ammonia,
    "water.alkalinity": 50 * state.alkalinityMeqL,
    "water.chlorophyll": chlorophyllUgL,
    // Poole and Atkins (1929): a white disc fades from sight after 1.7 lengths of extinction.
    "water.transparency": 170 / extinctionPerM(chlorophyllUgL),
    "water.level": state.waterMm / 1000 - depthM,
  };
}
