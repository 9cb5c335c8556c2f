import { describe, expect, test } from "vitest";
import { relativeHumidity } from "./bounds.ts";
import * as agronomy from "./index.ts";
import {
  atmosphericPressureKpa,
  broilerThvi,
  dewPointC,
  et0HargreavesMm,
  growingDegreeDays,
  oxygenSaturationMgL,
  salinityFromEc25,
  saturationVapourPressureKpa,
  temperatureHumidityIndex,
  totalAvailableWaterMm,
  unionisedAmmoniaFraction,
  vapourPressureDeficitKpa,
  vapourPressureFromPsychrometerKpa,
  wetBulbC,
  windSpeedAt2mMs,
} from "./index.ts";

describe("what no caller can mean", () => {
  const bugs: Record<string, () => unknown> = {
    "humidity of 140 %": () => vapourPressureDeficitKpa(25, 140),
    "negative humidity": () => temperatureHumidityIndex(25, -1),
    "air in kelvin": () => saturationVapourPressureKpa(298),
    "no number": () => dewPointC(Number.NaN, 50),
    "infinite air": () => wetBulbC(Number.POSITIVE_INFINITY, 50),
    "pH 15": () => unionisedAmmoniaFraction(15, 25),
    "water at 200 °C": () => oxygenSaturationMgL({ temperatureC: 200 }),
    "pressure in hPa": () => oxygenSaturationMgL({ temperatureC: 25, pressureKpa: 1013 }),
    "conductivity in µS/cm": () => salinityFromEc25(1970),
    "backward wind": () => windSpeedAt2mMs(-1, 10),
    "anemometer on the ground": () => windSpeedAt2mMs(1, 0),
    "altitude above the mountains": () => atmosphericPressureKpa(12_000),
    "backward air in a shed": () =>
      broilerThvi({ temperatureC: 35, relativeHumidityPct: 60, airSpeedMs: -1 }),
    "water content in percent": () => totalAvailableWaterMm({ wiltingPoint: 15, fieldCapacity: 31 }, 1),
    "wilting point above field capacity": () =>
      totalAvailableWaterMm({ wiltingPoint: 0.3, fieldCapacity: 0.2 }, 1),
    "a maximum below the minimum": () =>
      et0HargreavesMm({ minTemperatureC: 30, maxTemperatureC: 20, extraterrestrialMjM2: 30 }),
    "a wet bulb above the dry": () =>
      vapourPressureFromPsychrometerKpa({ dryC: 20, wetC: 21, pressureKpa: 101, ventilation: "forced" }),
    "a base above its threshold": () =>
      growingDegreeDays({ minTemperatureC: 20, maxTemperatureC: 30 }, { baseC: 30, upperC: 10 }),
  };
  test.each(Object.entries(bugs))("%s throws", (_, call) => {
    expect(call).toThrow(RangeError);
  });

  test("the error says what, where and what would be right", () => {
    expect(() => vapourPressureDeficitKpa(25, 140)).toThrow(
      "relative humidity must be within 0..105 %, got 140",
    );
  });
});

test("a probe in fog that reads 103 % means saturated air", () => {
  expect(relativeHumidity(103)).toBe(100);
  expect(vapourPressureDeficitKpa(25, 103)).toBe(0);
});

/** Every function that computes, with arguments it can answer. */
const air = { temperatureC: 30, relativeHumidityPct: 70 };
const temperatures = { minTemperatureC: 22, maxTemperatureC: 31 };
const dayOfWeather = {
  ...temperatures,
  latitudeDeg: 16,
  altitudeM: 10,
  dayOfYear: 100,
  actualVapourPressureKpa: 2.5,
  windSpeed2mMs: 2,
  solarMjM2: 18,
};
const sunMoment = { latitudeDeg: 16, longitudeDeg: 107, dayOfYear: 100, utcHours: 18 };
const soil = { wiltingPoint: 0.15, fieldCapacity: 0.31 };
const calls: Record<string, readonly [(...args: never[]) => unknown, ...unknown[]]> = {
  saturationVapourPressureKpa: [agronomy.saturationVapourPressureKpa, 30],
  meanSaturationVapourPressureKpa: [agronomy.meanSaturationVapourPressureKpa, 22, 31],
  saturationSlopeKpaPerC: [agronomy.saturationSlopeKpaPerC, 30],
  actualVapourPressureKpa: [agronomy.actualVapourPressureKpa, 30, 70],
  vapourPressureFromExtremesKpa: [
    agronomy.vapourPressureFromExtremesKpa,
    { ...temperatures, minHumidityPct: 50, maxHumidityPct: 90 },
  ],
  vapourPressureFromMaxHumidityKpa: [agronomy.vapourPressureFromMaxHumidityKpa, 22, 90],
  vapourPressureFromMeanHumidityKpa: [
    agronomy.vapourPressureFromMeanHumidityKpa,
    { ...temperatures, meanHumidityPct: 70 },
  ],
  vapourPressureFromDewPointKpa: [agronomy.vapourPressureFromDewPointKpa, 22],
  vapourPressureFromPsychrometerKpa: [
    agronomy.vapourPressureFromPsychrometerKpa,
    { dryC: 30, wetC: 25, pressureKpa: 100, ventilation: "forced" },
  ],
  vapourPressureDeficitKpa: [agronomy.vapourPressureDeficitKpa, 30, 70],
  dewPointFromVapourPressureC: [agronomy.dewPointFromVapourPressureC, 2.5],
  dewPointC: [agronomy.dewPointC, 30, 70],
  wetBulbC: [agronomy.wetBulbC, 30, 70],
  atmosphericPressureKpa: [agronomy.atmosphericPressureKpa, 10],
  psychrometricConstantKpaPerC: [agronomy.psychrometricConstantKpaPerC, 100],
  windSpeedAt2mMs: [agronomy.windSpeedAt2mMs, 3, 10],
  dayOfYear: [agronomy.dayOfYear, 1_700_000_000_000, 7],
  middleDayOfMonth: [agronomy.middleDayOfMonth, 4],
  daylightHours: [agronomy.daylightHours, 16, 100],
  solarElevationRad: [agronomy.solarElevationRad, sunMoment],
  hourlyExtraterrestrialMjM2: [agronomy.hourlyExtraterrestrialMjM2, sunMoment],
  extraterrestrialRadiationMjM2: [agronomy.extraterrestrialRadiationMjM2, 16, 100],
  radiantExposureMjM2: [agronomy.radiantExposureMjM2, 500, 1],
  evaporationEquivalentMm: [agronomy.evaporationEquivalentMm, 10],
  clearSkyRadiationMjM2: [agronomy.clearSkyRadiationMjM2, 38, 10],
  solarRadiationFromSunshineMjM2: [
    agronomy.solarRadiationFromSunshineMjM2,
    { extraterrestrialMjM2: 38, sunshineHours: 7, daylightHours: 12 },
  ],
  solarRadiationFromTemperatureMjM2: [
    agronomy.solarRadiationFromTemperatureMjM2,
    { ...temperatures, extraterrestrialMjM2: 38, site: "coastal" },
  ],
  netRadiationMjM2: [agronomy.netRadiationMjM2, dayOfWeather],
  et0DailyMm: [agronomy.et0DailyMm, dayOfWeather],
  et0MonthlyMm: [agronomy.et0MonthlyMm, { ...dayOfWeather, soilHeatFluxMjM2: 0.1 }],
  et0HargreavesMm: [
    agronomy.et0HargreavesMm,
    { ...temperatures, meanTemperatureC: 26, extraterrestrialMjM2: 38 },
  ],
  et0Hourly: [
    agronomy.et0Hourly,
    {
      ...sunMoment,
      altitudeM: 10,
      temperatureC: 25,
      actualVapourPressureKpa: 2.5,
      windSpeed2mMs: 2,
      solarMjM2: 0,
      clearnessBefore: 0.7,
    },
  ],
  monthlySoilHeatFluxMjM2: [agronomy.monthlySoilHeatFluxMjM2, 20, 24],
  soilHeatFluxSincePreviousMonthMjM2: [agronomy.soilHeatFluxSincePreviousMonthMjM2, 20, 22],
  growingDegreeDays: [agronomy.growingDegreeDays, temperatures, { baseC: 10, upperC: 30 }],
  cropCoefficient: [
    agronomy.cropCoefficient,
    agronomy.crops.rice,
    { initialDays: 30, developmentDays: 30, midDays: 60, lateDays: 30 },
    45,
  ],
  climateAdjustedKc: [agronomy.climateAdjustedKc, 1.2, { windSpeed2mMs: 2, minHumidityPct: 60, heightM: 1 }],
  totalAvailableWaterMm: [agronomy.totalAvailableWaterMm, soil, 0.6],
  readilyAvailableWaterMm: [agronomy.readilyAvailableWaterMm, 100, 0.5],
  adjustedDepletionFraction: [agronomy.adjustedDepletionFraction, 0.5, 5],
  depletionFromWaterContentMm: [agronomy.depletionFromWaterContentMm, 0.2, { fieldCapacity: 0.31 }, 0.6],
  waterContentAtDepletion: [agronomy.waterContentAtDepletion, soil, 0.5],
  waterStressCoefficient: [
    agronomy.waterStressCoefficient,
    { depletionMm: 70, totalAvailableMm: 100, readilyAvailableMm: 50 },
  ],
  waterBalance: [
    agronomy.waterBalance,
    {
      depletionBeforeMm: 20,
      totalAvailableMm: 100,
      depletionFraction: 0.5,
      cropEtMm: 5,
      rainMm: 0,
      irrigationMm: 0,
      capillaryRiseMm: 0,
    },
  ],
  temperatureHumidityIndex: [agronomy.temperatureHumidityIndex, 30, 70],
  dairyHeatStress: [agronomy.dairyHeatStress, 75],
  pigHeatStress: [agronomy.pigHeatStress, 75],
  broilerThvi: [agronomy.broilerThvi, { ...air, airSpeedMs: 0.7 }],
  ammoniumPka: [agronomy.ammoniumPka, 28],
  unionisedAmmoniaFraction: [agronomy.unionisedAmmoniaFraction, 8, 28],
  unionisedAmmoniaMgL: [agronomy.unionisedAmmoniaMgL, { totalAmmoniaMgL: 1, ph: 8, temperatureC: 28 }],
  oxygenSaturationMgL: [agronomy.oxygenSaturationMgL, { temperatureC: 28, salinity: 5, pressureKpa: 100 }],
  oxygenSaturationPct: [agronomy.oxygenSaturationPct, 6, { temperatureC: 28, salinity: 5 }],
  salinityFromConductivity: [agronomy.salinityFromConductivity, 20, 28],
  conductivityFromSalinityMsCm: [agronomy.conductivityFromSalinityMsCm, 10, 28],
  salinityFromEc25: [agronomy.salinityFromEc25, 20],
  ec25FromSalinityMsCm: [agronomy.ec25FromSalinityMsCm, 10],
  humidHours: [agronomy.humidHours, [{ ...air, relativeHumidityPct: 95, hours: 1 }], 90],
  isLeafWet: [agronomy.isLeafWet, air, "dew-point-depression"],
  leafWetnessHours: [
    agronomy.leafWetnessHours,
    [{ ...air, relativeHumidityPct: 95, hours: 1 }],
    "dew-point-depression",
  ],
  isHuttonDay: [agronomy.isHuttonDay, { minTemperatureC: 15, humidHours: 8 }],
  huttonCriteriaMet: [
    agronomy.huttonCriteriaMet,
    [
      { minTemperatureC: 15, humidHours: 8 },
      { minTemperatureC: 15, humidHours: 8 },
    ],
  ],
  isBlastNight: [agronomy.isBlastNight, { minTemperatureC: 23, meanHumidityPct: 95 }],
  blastNightsRunning: [agronomy.blastNightsRunning, [{ minTemperatureC: 23, meanHumidityPct: 95 }]],
  awdPhase: [agronomy.awdPhase, -5],
  refloodCm: [agronomy.refloodCm, -16],
  mayDryOut: [agronomy.mayDryOut, { daysSinceEstablishment: 30, daysToFlowering: 30 }],
  awdSeason: [agronomy.awdSeason, [5, -5]],
};

/** Numbers that a function's argument carries but this function has no use for. */
const unused: Record<string, readonly string[]> = {
  cropCoefficient: ["0.heightM", "0.rootDepthM.0", "0.rootDepthM.1", "0.depletionFraction"],
  humidHours: ["0.0.temperatureC"],
  netRadiationMjM2: ["0.windSpeed2mMs"],
};

function withNaN(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return Number.NaN;
  if (Array.isArray(value)) return value.map((each, i) => (String(i) === first ? withNaN(each, rest) : each));
  return { ...(value as object), [first]: withNaN((value as Record<string, unknown>)[first], rest) };
}

function numbersIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "number") return [path.join(".")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersIn(each, [...path, key]));
}

describe("NaN never passes silently", () => {
  test("every function is tried", () => {
    const functions = Object.entries(agronomy).filter(([, value]) => typeof value === "function");
    expect(Object.keys(calls).sort()).toEqual(functions.map(([name]) => name).sort());
  });

  test.each(Object.entries(calls))("%s throws for each of its numbers", (name, [call, ...args]) => {
    expect(() => call(...(args as never[]))).not.toThrow();
    const places = numbersIn(args).filter((place) => !unused[name]?.includes(place));
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      const broken = withNaN(args, place.split(".")) as never[];
      expect(() => call(...broken), `${name} ${place}`).toThrow(RangeError);
    }
  });
});
