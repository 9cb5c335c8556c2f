import {
  broilerThvi,
  crops,
  depletionFromWaterContentMm,
  dewPointC,
  oxygenSaturationPct,
  salinityFromEc25,
  soilTextures,
  temperatureHumidityIndex,
  totalAvailableWaterMm,
  unionisedAmmoniaMgL,
  vapourPressureDeficitKpa,
} from "../../agronomy/index.ts";
import { hourMs } from "../../calendar/index.ts";
import type { Companion, Derivation } from "./derivation.ts";

const minuteMs = 60_000;

/** Air changes quickly; half an hour is what two nodes of a shed may lie apart. */
const humidity: Companion = { quantity: "air.relativeHumidity", withinMs: 30 * minuteMs };
/** Water is slow. */
const waterTemperature: Companion = { quantity: "water.temperature", withinMs: 2 * hourMs };

const ofAir = (
  quantity: string,
  reckon: (temperatureC: number, humidityPct: number) => number | undefined,
): Derivation => ({
  quantity,
  of: "air.temperature",
  with: [humidity],
  reckon: (temperatureC, companion) => reckon(temperatureC, companion("air.relativeHumidity")!),
});

/** Everything that is reckoned with each reading. What needs a whole hour, day or night is in periods.ts. */
export const derivations: readonly Derivation[] = [
  ofAir("air.vapourPressureDeficit", vapourPressureDeficitKpa),
  ofAir("air.dewPoint", dewPointC),
  {
    ...ofAir("air.thi", temperatureHumidityIndex),
    // Nobody asks for the stress of animals where there are none.
    reckon: (temperatureC, companion, { placeKind }) =>
      placeKind === "shed"
        ? temperatureHumidityIndex(temperatureC, companion("air.relativeHumidity")!)
        : undefined,
  },
  {
    quantity: "air.thvi",
    of: "air.temperature",
    with: [humidity, { quantity: "wind.speed", withinMs: 30 * minuteMs }],
    reckon: (temperatureC, companion, { placeKind }) =>
      placeKind === "shed"
        ? broilerThvi({
            temperatureC,
            relativeHumidityPct: companion("air.relativeHumidity")!,
            airSpeedMs: companion("wind.speed")!,
          })
        : undefined,
  },
  {
    quantity: "soil.depletion",
    of: "soil.moisture",
    with: [],
    reckon(moisturePct, _, { soilTexture }) {
      if (soilTexture === null) return undefined;
      const { fieldCapacity, wiltingPoint } = soilTextures[soilTexture];
      const lacking = Math.max(0, fieldCapacity - moisturePct / 100);
      return (100 * lacking) / (fieldCapacity - wiltingPoint);
    },
  },
  {
    quantity: "soil.waterDeficit",
    of: "soil.moisture",
    with: [],
    reckon(moisturePct, _, { soilTexture, crop, rootDepthM }) {
      const depthM = rootDepthM ?? (crop === null ? null : crops[crop].rootDepthM[0]);
      if (soilTexture === null || depthM === null) return undefined;
      const texture = soilTextures[soilTexture];
      const deficitMm = depletionFromWaterContentMm(moisturePct / 100, texture, depthM);
      // Dry soil holds less than roots could ever take: no more than all of that can be wanting.
      return Math.min(deficitMm, totalAvailableWaterMm(texture, depthM));
    },
  },
  {
    quantity: "water.salinity",
    of: "water.ec",
    with: [],
    reckon: (ec25UsCm) => salinityFromEc25(ec25UsCm / 1000),
  },
  {
    quantity: "water.dissolvedOxygenSaturation",
    of: "water.dissolvedOxygen",
    with: [
      waterTemperature,
      { quantity: "water.ec", withinMs: 6 * hourMs, optional: true },
      { quantity: "air.pressure", withinMs: 3 * hourMs, optional: true },
    ],
    reckon(oxygenMgL, companion) {
      const ec = companion("water.ec");
      const salinity = ec === undefined ? undefined : salinityFromEc25(ec / 1000);
      const pressureHpa = companion("air.pressure");
      return oxygenSaturationPct(oxygenMgL, {
        temperatureC: companion("water.temperature")!,
        ...(salinity !== undefined && { salinity }),
        ...(pressureHpa !== undefined && { pressureKpa: pressureHpa / 10 }),
      });
    },
  },
  {
    // What probes and test kits call ammonium is taken as the total of both forms: at pH 8 and 28 °C that tells 7 % less.
    quantity: "water.ammonia",
    of: "water.ammonium",
    with: [waterTemperature, { quantity: "water.ph", withinMs: 2 * hourMs }],
    reckon: (totalAmmoniaMgL, companion) =>
      unionisedAmmoniaMgL({
        totalAmmoniaMgL,
        ph: companion("water.ph")!,
        temperatureC: companion("water.temperature")!,
      }),
  },
];
