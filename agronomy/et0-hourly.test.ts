import { describe, expect, test } from "vitest";
import { et0DailyMm } from "./et0.ts";
import { et0Hourly, type HourOfWeather } from "./et0-hourly.ts";
import { hourlyExtraterrestrialMjM2, hourlyNetLongwaveMjM2 } from "./hourly-radiation.ts";
import { extraterrestrialRadiationMjM2 } from "./radiation.ts";
import { actualVapourPressureKpa } from "./vapour-pressure.ts";

const ndiaye = { latitudeDeg: 16 + 13 / 60, longitudeDeg: -16.25, altitudeM: 8, dayOfYear: 274 };

/** Local time in the example is UTC-1. */
const night: HourOfWeather = {
  ...ndiaye,
  utcHours: 3.5,
  temperatureC: 28,
  actualVapourPressureKpa: actualVapourPressureKpa(28, 90),
  windSpeed2mMs: 1.9,
  solarMjM2: 0,
  clearnessBefore: 0.8,
};
const afternoon: HourOfWeather = {
  ...ndiaye,
  utcHours: 15.5,
  temperatureC: 38,
  actualVapourPressureKpa: actualVapourPressureKpa(38, 52),
  windSpeed2mMs: 3.3,
  solarMjM2: 2.45,
  clearnessBefore: 0.8,
};

describe("FAO-56 example 19: N'Diaye, Senegal, 1 October", () => {
  test("between two and three in the afternoon, 0.63 mm", () => {
    expect(hourlyExtraterrestrialMjM2(afternoon)).toBeCloseTo(3.543, 3);
    expect(et0Hourly(afternoon).clearness).toBeCloseTo(0.922, 3);
    expect(hourlyNetLongwaveMjM2({ ...afternoon, clearness: 0.922 })).toBeCloseTo(0.137, 3);
    expect(et0Hourly(afternoon).et0Mm).toBeCloseTo(0.63, 2);
  });

  test("between two and three in the night, nothing", () => {
    expect(hourlyExtraterrestrialMjM2(night)).toBe(0);
    expect(hourlyNetLongwaveMjM2({ ...night, clearness: 0.8 })).toBeCloseTo(0.1, 3);
    expect(et0Hourly(night).et0Mm).toBeCloseTo(0, 2);
  });
});

test("by night the sky is as clear as the last hour with a high sun said", () => {
  expect(et0Hourly({ ...night, clearnessBefore: 0.45 }).clearness).toBe(0.45);
});

test("a clearness that is none throws, by night where it is needed", () => {
  expect(() => et0Hourly({ ...night, clearnessBefore: 80 })).toThrow(
    "clearness must be within 0.3..1, got 80",
  );
});

describe("a day in the Mekong delta, hour by hour", () => {
  const site = { latitudeDeg: 10, longitudeDeg: 105.8, dayOfYear: 80 };
  const hours = Array.from({ length: 24 }, (_, hour) => ({ ...site, utcHours: hour + 0.5 }));

  test("the hours' radiation above the atmosphere is the day's", () => {
    const sum = hours.map(hourlyExtraterrestrialMjM2).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(extraterrestrialRadiationMjM2(10, 80), 6);
  });

  test("the hours' ET0 is within a tenth of the day's", () => {
    let clearnessBefore = 0.7;
    let sum = 0;
    const mornings = Array.from({ length: 24 }, (_, local) => (local - 7 + 24) % 24);
    for (const utcHour of mornings) {
      const moment = { ...site, utcHours: utcHour + 0.5 };
      // 24 °C at three in the morning, 34 °C at three in the afternoon.
      const temperatureC = 29 + 5 * Math.cos((2 * Math.PI * (utcHour - 8)) / 24);
      const { et0Mm, clearness } = et0Hourly({
        ...moment,
        altitudeM: 2,
        temperatureC,
        actualVapourPressureKpa: 2.6,
        windSpeed2mMs: 2,
        solarMjM2: 0.55 * hourlyExtraterrestrialMjM2(moment),
        clearnessBefore,
      });
      clearnessBefore = clearness;
      sum += et0Mm;
    }
    const daily = et0DailyMm({
      ...site,
      altitudeM: 2,
      minTemperatureC: 24,
      maxTemperatureC: 34,
      actualVapourPressureKpa: 2.6,
      windSpeed2mMs: 2,
      solarMjM2: 0.55 * extraterrestrialRadiationMjM2(10, 80),
    });
    expect(Math.abs(sum / daily - 1)).toBeLessThan(0.1);
  });
});
