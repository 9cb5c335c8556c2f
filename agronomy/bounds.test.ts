import { describe, expect, test } from "vitest";
import { relativeHumidity } from "./bounds.ts";
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
