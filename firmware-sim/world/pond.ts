import { keyAt, keyOf, uniform } from "../chance.ts";
import type { SiteModel } from "./site.ts";
import type { Weather } from "./weather.ts";

/** Water follows the air slowly. */
const warmingHours = 22;
const depthMm = 1200;
/** Oxygen that paddle wheels bring in, as a rate towards saturation, per hour. */
const paddleRate = 0.5;

/**
 * A fish or shrimp pond. Algae make oxygen by day, everything breathes day and night, the wind and the paddle wheels
 * pull towards saturation: lowest before dawn, highest in the afternoon, and a dark day is paid for the night after.
 */
export function pondModel(seed: number, name: string, weather: Weather): SiteModel {
  const key = keyOf(seed, `pond ${name}`);
  // mg/L an hour at 25 °C: how many mouths and how much mud.
  const breathing = 0.4 + 0.35 * uniform(key);
  const algae = breathing * (3.7 + 0.6 * uniform(keyAt(key, 1)));
  const isBrackish = uniform(keyAt(key, 2)) < 0.5;
  const alkalinity = 7.5 + 0.3 * uniform(keyAt(key, 3));
  let salinity = isBrackish ? 6 + 14 * uniform(keyAt(key, 4)) : 0.1 + 0.2 * uniform(keyAt(key, 4));
  let temperature = 26;
  let oxygen = 6;

  return {
    action: "aerate",
    runUpHours: 5 * 24,
    step(atMs, hours, on) {
      const sky = weather.at(atMs);
      const warmth = 1.06 ** (temperature - 25);
      const made = algae * warmth * (1 - Math.exp(-sky.irradiance / 600));
      // Where there is little oxygen left, less of it is used.
      const used = (breathing * warmth * oxygen) / (oxygen + 0.8);
      const exchange = 0.02 + 0.012 * sky.wind + (on ? paddleRate : 0);
      const saturated = oxygenSaturation(temperature, salinity);
      oxygen += (made - used) * hours + (saturated - oxygen) * (1 - Math.exp(-exchange * hours));
      oxygen = Math.min(22, Math.max(0.1, oxygen));
      const surface = sky.airTemperature + sky.irradiance / 200;
      temperature += (surface - temperature) * (1 - Math.exp(-hours / warmingHours));
      // Rain thins, the sun thickens (some 5 mm on a hot day).
      salinity *= 1 - ((sky.rain - sky.irradiance / 1200) * hours) / depthMm;
      // The keeper lets in water from outside.
      salinity = isBrackish ? Math.min(32, Math.max(2, salinity)) : Math.min(0.5, salinity);
    },
    truthAt() {
      const surplus = oxygen - oxygenSaturation(temperature, salinity);
      return {
        "water.temperature": temperature,
        "water.dissolvedOxygen": oxygen,
        // Algae take up the acid of the carbon dioxide by day.
        "water.ph": Math.min(9.8, Math.max(6.5, alkalinity + 0.5 + 0.11 * surplus)),
        "water.salinity": salinity,
        // Conductivity at 25 °C: 1 ‰ is 1.97 mS/cm, sea water of 35 ‰ 53.
        "water.ec": 1970 * salinity ** 0.927,
      };
    },
  };
}

/** Dissolved oxygen at saturation under one atmosphere, mg/L (Benson and Krause 1984). */
function oxygenSaturation(celsius: number, salinity: number): number {
  const kelvin = celsius + 273.15;
  const fresh =
    -139.34411 +
    1.575701e5 / kelvin -
    6.642308e7 / kelvin ** 2 +
    1.2438e10 / kelvin ** 3 -
    8.621949e11 / kelvin ** 4;
  const salt = salinity * (0.017674 - 10.754 / kelvin + 2140.7 / kelvin ** 2);
  return Math.exp(fresh - salt);
}
