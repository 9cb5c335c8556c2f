import { saturationVapourPressureKpa, wetBulbC } from "../../../agronomy/index.ts";
import type { Sky } from "../sky/weather.ts";

/** The air of a livestock house: balances of heat, moisture and gases around its ventilation. */
export interface HouseAir {
  readonly temperatureC: number;
  readonly vapourKpa: number;
  readonly ammoniaPpm: number;
  readonly carbonDioxidePpm: number;
  readonly sulphidePpm: number;
}

/** What the house is given in a stretch of time. */
export interface HouseLoad {
  readonly volumeM3: number;
  readonly floorM2: number;
  readonly sensibleW: number;
  readonly latentW: number;
  readonly heaterW: number;
  readonly carbonDioxideM3H: number;
  readonly ammoniaMgH: number;
  readonly sulphideMgH: number;
}

/** Air that comes in. */
export interface Inlet {
  readonly temperatureC: number;
  readonly vapourKpa: number;
}

const airHeatJm3C = 1210;
/** Roof and walls to a m² of floor, W/°C: an insulated tin roof. */
const lossesWM2C = 2.2;
/** Of the sun on the roof, what comes through. */
const sunThroughRoof = 0.025;
/** What of litter, equipment and roof warms up with the air within minutes, J/°C to a m² of floor. */
const structureJM2C = 20_000;

/** °C at which the house would settle with this much air, m³/h. */
function settlesAtC({ floorM2, sensibleW, heaterW }: HouseLoad, sky: Sky, inlet: Inlet, airM3H: number) {
  const carriedWC = (airHeatJm3C * airM3H) / 3600;
  const lostWC = lossesWM2C * floorM2;
  const gainsW = sensibleW + heaterW + sunThroughRoof * sky.irradiance * floorM2;
  return (gainsW + lostWC * sky.airTemperature + carriedWC * inlet.temperatureC) / (lostWC + carriedWC);
}

/**
 * The ventilation at which house and controller agree, m³/h: more warmth opens more, more air cools. Found by halving,
 * since a controller looks every few seconds and a step of ours would make it swing.
 */
export function agreedAirM3H(
  load: HouseLoad,
  sky: Sky,
  inlet: Inlet,
  controller: (temperatureC: number) => number,
): number {
  let [low, high] = [-20, 90];
  for (let halvings = 0; halvings < 16; halvings++) {
    const middle = (low + high) / 2;
    if (settlesAtC(load, sky, inlet, controller(middle)) > middle) low = middle;
    else high = middle;
  }
  return controller((low + high) / 2);
}

const outdoorCarbonDioxidePpm = 420;
const evaporationJG = 2430;
/** ppm of a mg/m³ at 25 °C. */
const ammoniaPpmPerMg = 24.45 / 17.03;
const sulphidePpmPerMg = 24.45 / 34.08;

/** The air some hours later. */
export function airAfter(
  air: HouseAir,
  { load, sky, inlet, airM3H }: { load: HouseLoad; sky: Sky; inlet: Inlet; airM3H: number },
  hours: number,
): HouseAir {
  const { volumeM3, floorM2 } = load;
  const heldJC = airHeatJm3C * volumeM3 + structureJM2C * floorM2;
  const movedWC = (airHeatJm3C * airM3H) / 3600 + lossesWM2C * floorM2;
  const goalC = settlesAtC(load, sky, inlet, airM3H);
  const temperatureC = toward(air.temperatureC, goalC, (movedWC / heldJC) * 3600 * hours);
  const changes = (airM3H / volumeM3) * hours;
  const gas = (now: number, outside: number, source: number) =>
    toward(now, outside + source / airM3H, changes);
  const vapour = gas(
    gramsM3(air.vapourKpa, air.temperatureC),
    gramsM3(inlet.vapourKpa, inlet.temperatureC),
    (3600 * load.latentW) / evaporationJG,
  );
  return {
    temperatureC,
    // What the air cannot hold drips from the roof.
    vapourKpa: Math.min(kpaOf(vapour, temperatureC), 0.99 * saturationVapourPressureKpa(temperatureC)),
    ammoniaPpm: gas(air.ammoniaPpm, 0.01, load.ammoniaMgH * ammoniaPpmPerMg),
    carbonDioxidePpm: gas(air.carbonDioxidePpm, outdoorCarbonDioxidePpm, load.carbonDioxideM3H * 1e6),
    sulphidePpm: gas(air.sulphidePpm, 0.001, load.sulphideMgH * sulphidePpmPerMg),
  };
}

function toward(from: number, to: number, constants: number): number {
  return to + (from - to) * Math.exp(-constants);
}

/** Vapour in a m³, g: the law of gases. */
const gramsM3 = (kpa: number, temperatureC: number) => (2165 * kpa) / (temperatureC + 273.15);
const kpaOf = (grams: number, temperatureC: number) => (grams * (temperatureC + 273.15)) / 2165;

/** Of the way to the wet bulb, what air cools that is drawn through wet pads: 0.7 to 0.85 when they are kept clean. */
const padEfficiency = 0.75;
const gammaKpaC = 0.0674;

export function inletOf(sky: Sky, arePadsWet: boolean): Inlet {
  const { airTemperature: temperatureC, vapourPressure: vapourKpa } = sky;
  if (!arePadsWet) return { temperatureC, vapourKpa };
  const wetBulb = wetBulbC(temperatureC, Math.max(5, sky.relativeHumidity)) ?? temperatureC;
  const cooling = padEfficiency * Math.max(0, temperatureC - wetBulb);
  return { temperatureC: temperatureC - cooling, vapourKpa: vapourKpa + gammaKpaC * cooling };
}
