import { vapourPressureDeficitKpa } from "../../agronomy/index.ts";
import type { Truth } from "./site.ts";
import { dewPointOf, type Sky } from "./sky/weather.ts";

/** µmol of photosynthetic light in a joule of sunlight (McCree 1972, Agric. Meteorol. 10:443: 45 % of it, 4.57 µmol/J). */
export const photonsPerJoule = 2.06;
/** Lumens in a watt of daylight under most skies (Littlefair 1985, Lighting Res. Technol. 17:162). */
const lumensPerWatt = 110;

/** What instruments in the open tell of the sky. */
export function openAir(sky: Sky): Truth {
  return {
    "air.temperature": sky.airTemperature,
    "air.relativeHumidity": sky.relativeHumidity,
    "air.dewPoint": dewPointOf(sky),
    "air.vapourPressureDeficit": vapourPressureDeficitKpa(sky.airTemperature, sky.relativeHumidity),
    "air.pressure": sky.pressure,
    "air.lightIntensity": sky.irradiance * lumensPerWatt,
    "light.solarIrradiance": sky.irradiance,
    "light.par": sky.irradiance * photonsPerJoule,
    "rain.intensity": sky.rain,
    "wind.speed": sky.wind,
    "wind.gust": sky.gust,
    "wind.direction": sky.windFrom,
  };
}
