import { keyAt, keyOf, uniform } from "../chance.ts";
import type { SiteModel } from "./site.ts";
import { solarDays } from "./sun.ts";
import { saturationSlope } from "./vapour.ts";
import type { Weather } from "./weather.ts";

/** Water by texture, volumetric shares: AquaCrop's defaults. */
const textures = [
  { wilting: 0.1, field: 0.22, saturated: 0.41 }, // sandy loam
  { wilting: 0.15, field: 0.31, saturated: 0.46 }, // loam
  { wilting: 0.13, field: 0.33, saturated: 0.46 }, // silt loam
  { wilting: 0.23, field: 0.39, saturated: 0.5 }, // clay loam
] as const;

const rootDepthMm = 400;
/** The share of the available water that may go before the crop suffers (FAO-56, p). */
const depletable = 0.5;
const irrigationMmPerHour = 12;
/** Above field capacity half of the surplus has drained after some seventeen hours. */
const drainagePerHour = 0.04;
/** Lag and damping of soil temperature at 20 cm. */
const warmingHours = 9;

/** A parcel with one layer of soil: rain and irrigation wet it, the crop and the sun dry it, the surplus drains. */
export function parcelModel(seed: number, name: string, longitude: number, weather: Weather): SiteModel {
  const key = keyOf(seed, `parcel ${name}`);
  const texture = textures[Math.floor(uniform(key) * textures.length)]!;
  const { wilting, field, saturated } = texture;
  const stress = field - depletable * (field - wilting);
  // A farmer looks at the field in the morning; some water earlier, some late.
  const farmersLimit = stress + (field - stress) * (0.6 * uniform(keyAt(key, 1)) - 0.2);
  const saltiness = 0.4 + 1.2 * uniform(keyAt(key, 2));
  let water = wilting + (field - wilting) * (0.5 + 0.5 * uniform(keyAt(key, 3)));
  let soilTemperature = 24;
  let farmerMm = 0;

  function farmerIrrigates(atMs: number): void {
    const hour = (solarDays(atMs, longitude) % 1) * 24;
    const isMorning = hour >= 5.5 && hour < 6.5;
    if (isMorning && farmerMm <= 0 && water < farmersLimit) farmerMm = (field - water) * rootDepthMm;
  }

  return {
    action: "irrigate",
    runUpHours: 12 * 24,
    step(atMs, hours, on) {
      const sky = weather.at(atMs);
      farmerIrrigates(atMs);
      const fromFarmerMm = Math.min(farmerMm, irrigationMmPerHour * hours);
      farmerMm -= fromFarmerMm;
      const wetMm = fromFarmerMm + (sky.rain + (on ? irrigationMmPerHour : 0)) * hours;
      const supply = Math.min(1, Math.max(0, (water - wilting) / (stress - wilting)));
      const dryMm = referenceMm(sky.airTemperature, sky.irradiance) * supply * hours;
      water = Math.min(saturated, water + (wetMm - dryMm) / rootDepthMm);
      if (water > field) water -= (water - field) * (1 - Math.exp(-drainagePerHour * hours));
      const surface = sky.airTemperature + sky.irradiance / 150;
      soilTemperature += (surface - soilTemperature) * (1 - Math.exp(-hours / warmingHours));
    },
    truthAt(atMs) {
      const { airTemperature, relativeHumidity } = weather.at(atMs);
      return {
        "soil.moisture": water * 100,
        "soil.temperature": soilTemperature,
        // Bulk conductivity rises with the water that carries the salt, and 2 % a degree.
        "soil.ec": saltiness * (water / saturated) ** 1.5 * (1 + 0.02 * (soilTemperature - 25)),
        "air.temperature": airTemperature,
        "air.relativeHumidity": relativeHumidity,
      };
    },
  };
}

/** Makkink's reference evaporation, mm/h: from radiation and temperature, good enough where the air is humid. */
function referenceMm(airTemperature: number, irradiance: number): number {
  const slope = saturationSlope(airTemperature);
  const psychrometric = 0.067;
  const latentHeat = 2.45e6;
  return (0.65 * (slope / (slope + psychrometric)) * irradiance * 3600) / latentHeat;
}
