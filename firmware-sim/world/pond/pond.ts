import { unionisedAmmoniaMgL } from "../../../agronomy/index.ts";
import { keyAt, keyOf, uniform } from "../../chance.ts";
import { amountWithin, type SiteModel, type Stretch, type Truth } from "../site.ts";
import type { SiteParts } from "../site-parts.ts";
import { solarDays } from "../sky/days.ts";
import { saltWater } from "../water/salt-water.ts";
import { extinctionPerM } from "./oxygen-rates.ts";
import { livedOn, type PondState, saturationOf } from "./pond-life.ts";
import { volumeAfter } from "./pond-volume.ts";

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
    truth: (state, _atMs, sky) => truthOf(state, traits, chlorophyllUgL, sky.pressure),
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

function truthOf(
  state: PondState,
  { depthM }: PondTraits,
  chlorophyllUgL: number,
  pressureHpa: number,
): Truth {
  const { temperatureC, oxygenMgL, ph, tanMgL, saltGL } = state;
  const saturation = saturationOf(temperatureC, saltGL, pressureHpa);
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
