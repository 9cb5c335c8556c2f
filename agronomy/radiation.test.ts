import { describe, expect, test } from "vitest";
import {
  clearness,
  clearSkyRadiationMjM2,
  evaporationEquivalentMm,
  extraterrestrialRadiationMjM2,
  netLongwaveMjM2,
  netShortwaveMjM2,
  radiantExposureMjM2,
  solarRadiationFromSunshineMjM2,
  solarRadiationFromTemperatureMjM2,
} from "./radiation.ts";
import { daylightHours } from "./sun.ts";
import { between, seededRandom } from "./testing/seeded-random.ts";

describe("FAO-56 examples", () => {
  test.each([
    { example: 8, latitude: -20, day: 246, ra: 32.2, within: 0.05 },
    { example: 10, latitude: -22.9, day: 135, ra: 25.1, within: 0.05 },
    { example: 17, latitude: 13.7333, day: 105, ra: 38.06, within: 0.02 },
    { example: 18, latitude: 50.8, day: 187, ra: 41.09, within: 0.02 },
    { example: 20, latitude: 45.72, day: 196, ra: 40.55, within: 0.06 },
  ])("$example: $ra MJ/m² above the atmosphere", ({ latitude, day, ra, within }) => {
    expect(Math.abs(extraterrestrialRadiationMjM2(latitude, day) - ra)).toBeLessThan(within);
  });

  test("10: 7.1 hours of sunshine in Rio de Janeiro", () => {
    const asPrinted = { extraterrestrialMjM2: 25.1, sunshineHours: 7.1, daylightHours: 10.9 };
    expect(solarRadiationFromSunshineMjM2(asPrinted)).toBeCloseTo(14.45, 2);
    const computed = {
      extraterrestrialMjM2: extraterrestrialRadiationMjM2(-22.9, 135),
      sunshineHours: 7.1,
      daylightHours: daylightHours(-22.9, 135),
    };
    expect(solarRadiationFromSunshineMjM2(computed)).toBeCloseTo(14.5, 1);
  });

  test("11: what Rio loses to the sky", () => {
    const day = {
      minTemperatureC: 19.1,
      maxTemperatureC: 25.1,
      actualVapourPressureKpa: 2.1,
      solarMjM2: 14.5,
      clearSkyMjM2: 18.8,
    };
    expect(netLongwaveMjM2(day)).toBeCloseTo(3.5, 1);
    expect(clearSkyRadiationMjM2(25.1, 0)).toBeCloseTo(18.8, 1);
  });

  test("13: 0.33 MJ/m² evaporate 0.13 mm", () => {
    expect(evaporationEquivalentMm(0.33)).toBeCloseTo(0.13, 2);
  });

  test("15: radiation of Lyon from its temperature", () => {
    const day = { extraterrestrialMjM2: 40.6, minTemperatureC: 14.8, maxTemperatureC: 26.6 };
    expect(solarRadiationFromTemperatureMjM2({ ...day, site: "interior" })).toBeCloseTo(22.3, 1);
    expect(solarRadiationFromTemperatureMjM2({ ...day, site: "coastal" })).toBeCloseTo((22.3 * 19) / 16, 1);
  });

  test("18: Uccle, 6 July, step by step", () => {
    const ra = extraterrestrialRadiationMjM2(50.8, 187);
    const rs = solarRadiationFromSunshineMjM2({
      extraterrestrialMjM2: ra,
      sunshineHours: 9.25,
      daylightHours: daylightHours(50.8, 187),
    });
    const rso = clearSkyRadiationMjM2(ra, 100);
    const rnl = netLongwaveMjM2({
      minTemperatureC: 12.3,
      maxTemperatureC: 21.5,
      actualVapourPressureKpa: 1.409,
      solarMjM2: rs,
      clearSkyMjM2: rso,
    });
    expect(Math.abs(rs - 22.07)).toBeLessThan(0.02);
    expect(Math.abs(rso - 30.9)).toBeLessThan(0.02);
    expect(Math.abs(netShortwaveMjM2(rs) - 17)).toBeLessThan(0.02);
    expect(Math.abs(rnl - 3.71)).toBeLessThan(0.02);
  });
});

describe("edges", () => {
  test("no sun above the atmosphere in the polar night, and no radiation from no sunshine", () => {
    expect(extraterrestrialRadiationMjM2(80, 355)).toBe(0);
    expect(
      solarRadiationFromSunshineMjM2({ extraterrestrialMjM2: 0, sunshineHours: 0, daylightHours: 0 }),
    ).toBe(0);
  });

  test("sunshine longer than the computed day is a whole day", () => {
    const long = { extraterrestrialMjM2: 30, sunshineHours: 12.2, daylightHours: 12 };
    expect(solarRadiationFromSunshineMjM2(long)).toBe(22.5);
  });

  test("clearness stays between the darkest cloud and a cloudless sky", () => {
    expect(clearness(25, 20)).toBe(1);
    expect(clearness(1, 20)).toBe(0.3);
    expect(clearness(10, 20)).toBe(0.5);
  });

  test("a pyranometer that reads -3 W/m² by night brings nothing; 500 W/m² bring 1.8 MJ/m² in an hour", () => {
    expect(radiantExposureMjM2(-3, 1)).toBe(0);
    expect(radiantExposureMjM2(500, 1)).toBeCloseTo(1.8, 10);
  });
});

test.each([21, 22])("more cloud and moister air lose less to the sky, and never gain (seed %i)", (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 500; round++) {
    const clearSkyMjM2 = between(random, 10, 32);
    const day = {
      minTemperatureC: between(random, 5, 25),
      maxTemperatureC: between(random, 25, 40),
      actualVapourPressureKpa: between(random, 0.3, 3.5),
      solarMjM2: between(random, 0.31, 0.95) * clearSkyMjM2,
      clearSkyMjM2,
    };
    const loss = netLongwaveMjM2(day);
    expect(loss).toBeGreaterThan(0);
    expect(netLongwaveMjM2({ ...day, solarMjM2: day.solarMjM2 + 0.2 })).toBeGreaterThan(loss);
    expect(
      netLongwaveMjM2({ ...day, actualVapourPressureKpa: day.actualVapourPressureKpa + 0.1 }),
    ).toBeLessThan(loss);
  }
});
