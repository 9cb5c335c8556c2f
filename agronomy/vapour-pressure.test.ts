import { describe, expect, test } from "vitest";
import { between, seededRandom } from "./testing/seeded-random.ts";
import {
  actualVapourPressureKpa,
  dewPointC,
  dewPointFromVapourPressureC,
  meanSaturationVapourPressureKpa,
  saturationSlopeKpaPerC,
  saturationVapourPressureKpa,
  vapourPressureDeficitKpa,
  vapourPressureFromDewPointKpa,
  vapourPressureFromExtremesKpa,
  vapourPressureFromMaxHumidityKpa,
  vapourPressureFromMeanHumidityKpa,
  vapourPressureFromPsychrometerKpa,
} from "./vapour-pressure.ts";

describe("FAO-56 examples", () => {
  test("3: saturation at 24.5 and 15 °C, and of the day between", () => {
    expect(saturationVapourPressureKpa(24.5)).toBeCloseTo(3.075, 3);
    expect(saturationVapourPressureKpa(15)).toBeCloseTo(1.705, 3);
    expect(meanSaturationVapourPressureKpa(15, 24.5)).toBeCloseTo(2.39, 2);
  });

  test("4: a ventilated psychrometer, 19.5 °C wet and 25.6 °C dry at 87.9 kPa", () => {
    expect(saturationVapourPressureKpa(19.5)).toBeCloseTo(2.267, 3);
    const ea = vapourPressureFromPsychrometerKpa({
      dryC: 25.6,
      wetC: 19.5,
      pressureKpa: 87.9,
      ventilation: "forced",
    });
    expect(ea).toBeCloseTo(1.91, 2);
  });

  const day = { minTemperatureC: 18, maxTemperatureC: 25 };
  test("5: vapour pressure of a day from its extremes, its maximum and its mean humidity", () => {
    expect(saturationVapourPressureKpa(18)).toBeCloseTo(2.064, 3);
    expect(saturationVapourPressureKpa(25)).toBeCloseTo(3.168, 3);
    expect(vapourPressureFromExtremesKpa({ ...day, minHumidityPct: 54, maxHumidityPct: 82 })).toBeCloseTo(
      1.7,
      2,
    );
    expect(vapourPressureFromMaxHumidityKpa(18, 82)).toBeCloseTo(1.69, 2);
    expect(vapourPressureFromMeanHumidityKpa({ ...day, meanHumidityPct: 68 })).toBeCloseTo(1.78, 2);
  });

  test("17: slope and saturation in Bangkok, April", () => {
    expect(saturationSlopeKpaPerC(30.2)).toBeCloseTo(0.246, 3);
    expect(meanSaturationVapourPressureKpa(25.6, 34.8)).toBeCloseTo(4.42, 2);
  });

  test("18: Uccle, 6 July", () => {
    expect(saturationSlopeKpaPerC(16.9)).toBeCloseTo(0.122, 3);
    expect(meanSaturationVapourPressureKpa(12.3, 21.5)).toBeCloseTo(1.997, 3);
    const ea = vapourPressureFromExtremesKpa({
      minTemperatureC: 12.3,
      maxTemperatureC: 21.5,
      minHumidityPct: 63,
      maxHumidityPct: 84,
    });
    expect(ea).toBeCloseTo(1.409, 3);
    expect(meanSaturationVapourPressureKpa(12.3, 21.5) - ea).toBeCloseTo(0.589, 3);
  });

  test("19: the hours of N'Diaye", () => {
    expect(actualVapourPressureKpa(38, 52)).toBeCloseTo(3.445, 3);
    expect(actualVapourPressureKpa(28, 90)).toBeCloseTo(3.402, 3);
    expect(saturationSlopeKpaPerC(38)).toBeCloseTo(0.358, 3);
    expect(saturationSlopeKpaPerC(28)).toBeCloseTo(0.22, 3);
  });

  test("20: the minimum temperature for the dew point", () => {
    expect(vapourPressureFromDewPointKpa(14.8)).toBeCloseTo(1.68, 2);
  });
});

test.each([
  { t: 25, rh: 50, vpd: 1.5839, dewPoint: 13.85 },
  { t: 30, rh: 70, vpd: 1.2729, dewPoint: 23.914 },
  { t: 35, rh: 60, vpd: 2.2491, dewPoint: 26.051 },
  { t: 28, rh: 85, vpd: 0.567, dewPoint: 25.228 },
])("air of $t °C and $rh % lacks $vpd kPa, dew falls at $dewPoint °C", ({ t, rh, vpd, dewPoint }) => {
  expect(vapourPressureDeficitKpa(t, rh)).toBeCloseTo(vpd, 4);
  expect(dewPointC(t, rh)).toBeCloseTo(dewPoint, 3);
});

describe("edges", () => {
  test("saturated air lacks nothing and its dew point is its temperature", () => {
    for (let t = -40; t <= 70; t += 5) {
      expect(vapourPressureDeficitKpa(t, 100)).toBe(0);
      expect(dewPointC(t, 100)).toBeLessThanOrEqual(t);
      expect(Math.abs((dewPointC(t, 100) as number) - t)).toBeLessThan(0.06);
    }
  });

  test("bone-dry air has no dew point", () => {
    expect(dewPointC(25, 0)).toBeUndefined();
    expect(dewPointFromVapourPressureC(0)).toBeUndefined();
  });

  test("a psychrometer whose wick has dried out never tells of negative vapour", () => {
    const ea = vapourPressureFromPsychrometerKpa({
      dryC: 60,
      wetC: 5,
      pressureKpa: 101,
      ventilation: "indoor",
    });
    expect(ea).toBe(0);
  });
});

describe.each([1, 2, 3])("seed %i", (seed) => {
  const random = seededRandom(seed);
  const airs = Array.from({ length: 500 }, () => ({
    t: between(random, -10, 50),
    rh: between(random, 5, 99),
    step: between(random, 0.01, 5),
  }));

  test("VPD rises with temperature and falls with humidity", () => {
    for (const { t, rh, step } of airs) {
      expect(vapourPressureDeficitKpa(t + step, rh)).toBeGreaterThan(vapourPressureDeficitKpa(t, rh));
      expect(vapourPressureDeficitKpa(t, Math.min(100, rh + step))).toBeLessThan(
        vapourPressureDeficitKpa(t, rh),
      );
    }
  });

  test("the dew point rises with humidity and leads back to the vapour pressure", () => {
    for (const { t, rh, step } of airs) {
      const dewPoint = dewPointC(t, rh) as number;
      expect(dewPointC(t, Math.min(100, rh + step))).toBeGreaterThan(dewPoint);
      const ea = actualVapourPressureKpa(t, rh);
      expect(vapourPressureFromDewPointKpa(dewPoint) / ea).toBeCloseTo(1, 2);
    }
  });

  test("the slope is that of the curve", () => {
    for (const { t } of airs) {
      const rise = (saturationVapourPressureKpa(t + 0.001) - saturationVapourPressureKpa(t - 0.001)) / 0.002;
      expect(saturationSlopeKpaPerC(t) / rise).toBeCloseTo(1, 3);
    }
  });
});
