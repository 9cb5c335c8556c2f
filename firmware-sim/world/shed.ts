import { keyAt, keyOf, uniform } from "../chance.ts";
import type { SiteModel } from "./site.ts";
import { solarDays } from "./sun.ts";
import { saturationPressure } from "./vapour.ts";
import type { Weather } from "./weather.ts";

/** Changes of air an hour: what keeps the animals breathing, and all fans. */
const leastAirChanges = 3;
const mostAirChanges = 45;
const outdoorCo2 = 420;

/**
 * A poultry or pig shed. Animals give heat, moisture, carbon dioxide and, from their litter, ammonia; the fans follow
 * the temperature. So the gases are worst in cold nights, when the fans are nearly shut, and the heat at noon.
 */
export function shedModel(seed: number, name: string, longitude: number, weather: Weather): SiteModel {
  const key = keyOf(seed, `shed ${name}`);
  const wantedTemperature = 22 + 4 * uniform(key);
  const heat = 22 + 10 * uniform(keyAt(key, 1)); // °C × air changes an hour
  const ammonia = 45 + 130 * uniform(keyAt(key, 2)); // ppm × air changes an hour, at 25 °C
  const breath = 5000 + 3000 * uniform(keyAt(key, 3)); // ppm × air changes an hour
  const lightsOnHour = 4 + Math.floor(2 * uniform(keyAt(key, 4)));
  let airChanges = 10;
  let temperature = 27;
  let vapour = 2.4; // kPa
  let nh3 = 5;
  let co2 = 900;

  return {
    action: "ventilate",
    runUpHours: 24,
    step(atMs, hours, on) {
      const sky = weather.at(atMs);
      const followed = leastAirChanges + 5 * Math.max(0, temperature - wantedTemperature);
      airChanges = on ? mostAirChanges : Math.min(mostAirChanges, followed);
      const pads = cooled(sky.airTemperature, sky.relativeHumidity, temperature > wantedTemperature + 3);
      const share = 1 - Math.exp(-airChanges * hours);
      const toward = (value: number, outside: number, source: number) =>
        value + (outside + source / airChanges - value) * share;
      // The building itself holds heat, so the temperature goes slower than the gases.
      temperature += (toward(temperature, pads.temperature, heat) - temperature) * (1 - Math.exp(-2 * hours));
      vapour = Math.min(toward(vapour, pads.vapour, 1.6), 0.98 * saturationPressure(temperature));
      nh3 = toward(nh3, 0, ammonia * 1.05 ** (temperature - 25));
      co2 = toward(co2, outdoorCo2, breath);
    },
    truthAt(atMs) {
      const hour = (solarDays(atMs, longitude) % 1) * 24;
      return {
        "air.temperature": temperature,
        "air.relativeHumidity": Math.min(99, (100 * vapour) / saturationPressure(temperature)),
        "air.nh3": nh3,
        "air.co2": co2,
        "air.lightIntensity": hour >= lightsOnHour && hour < lightsOnHour + 16 ? 35 : 1,
      };
    },
  };
}

/** Air drawn through wet pads: cooled most of the way to the wet bulb, and moister. */
function cooled(temperature: number, relativeHumidity: number, padsOn: boolean) {
  const vapour = (saturationPressure(temperature) * relativeHumidity) / 100;
  if (!padsOn) return { temperature, vapour };
  const drop = 0.7 * Math.max(0, (100 - relativeHumidity) / 100) * 12;
  // Each degree it cools it takes up the vapour that the psychrometric constant says.
  return { temperature: temperature - drop, vapour: vapour + 0.067 * drop };
}
