import { describe, expect, test } from "vitest";
import { quantities } from "../quantities/quantities.ts";
import { kinds } from "./kinds.ts";
import { conversion, convert, isUnit, unitsLike } from "./units.ts";

describe("a value in another unit", () => {
  test.each([
    // The same water in the four units of conductivity.
    [28_200, "uS/cm", "dS/m", 28.2],
    [28_200, "µS/cm", "dS/m", 28.2],
    [28.2, "mS/cm", "dS/m", 28.2],
    [2.82, "S/m", "dS/m", 28.2],
    [1.41, "dS/m", "uS/cm", 1410],
    [0.141, "S/m", "uS/cm", 1410],
    [0.63, "1", "%", 63],
    [0.63, "/", "%", 63],
    [63, "%RH", "%", 63],
    [0.98, "EL", "%", 98],
    [98.6, "°F", "Cel", 37],
    [-40, "F", "Cel", -40],
    [300.15, "K", "Cel", 27],
    [101.3, "kPa", "hPa", 1013],
    [101_300, "Pa", "hPa", 1013],
    [1013, "hPa", "kPa", 101.3],
    // NIST SP 811, B.8.
    [760, "mmHg", "hPa", 1013.25024],
    [29.92, "inHg", "hPa", 1013.2075888],
    [14.5038, "psi", "hPa", 1000.00176577],
    [2, "bar", "kPa", 200],
    [3612, "mV", "V", 3.612],
    [0.25, "V", "mV", 250],
    [2025, "mm", "m", 2.025],
    [83.2, "cm", "m", 0.832],
    [36, "km/h", "m/s", 10],
    [1.2, "kW/m2", "W/m2", 1200],
    [12.5, "klx", "lx", 12_500],
    [1, "L/s", "L/min", 60],
    [3.6, "m3/h", "L/min", 60],
    [1500, "ppb", "[ppm]", 1.5],
    [5200, "ug/L", "mg/L", 5.2],
    [0.005, "mg/m3", "ug/m3", 5],
    [15, "min", "s", 900],
    [2500, "Wh", "kW.h", 2.5],
    [0, "dBW", "dB{mW}", 30],
    [0.1, "rad", "deg", 5.72957795131],
    [1, "in/h", "mm/h", 25.4],
    [1, "in", "mm", 25.4],
    [10, "ft", "m", 3.048],
    [10, "kn", "m/s", 5.14444444444],
    [10, "mph", "m/s", 4.4704],
    [1, "gal/min", "L/min", 3.785411784],
    [900, "mmol/m2/15min", "umol/(m2.s)", 1000],
    [45.97, "mS/cm", "uS/cm", 45_970],
    [5, "kPa", "hPa", 50],
    [1.6, "MPa", "kPa", 1600],
    [850, "g", "kg", 0.85],
    [45, "mg/kg", "[ppm]", 45],
    [7, "ppt", "{PSU}", 7],
  ])("%d %s is, in %s, %d", (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  test.each([
    ["°C", "dS/m"],
    ["%", "Cel"],
    ["furlong", "m"],
    ["m", "furlong"],
    ["constructor", "m"],
    ["ppm", "mg/L"],
    ["mm", "mm/h"],
  ])("there is no way from %s to %s", (from, to) => {
    expect(convert(1, from, to)).toBeNull();
  });

  test("there and back is the same value, for any two units of a kind", () => {
    const some = [
      "Cel",
      "[degF]",
      "K",
      "uS/cm",
      "S/m",
      "dS/m",
      "%",
      "1",
      "hPa",
      "psi",
      "mV",
      "V",
      "mm",
      "ft",
      "kn",
      "m/s",
    ];
    for (const from of some)
      for (const to of some) {
        const there = convert(12.34, from, to);
        if (there !== null) expect(convert(there, to, from)).toBeCloseTo(12.34, 9);
      }
  });

  test("every unit of the catalogue is itself, is known, and is the first of those that can become it", () => {
    for (const { unit } of quantities.values()) {
      expect(convert(12.34, unit, unit)).toBe(12.34);
      expect(unitsLike(unit)[0]).toBe(unit);
    }
  });

  test("of whole scales the way is in whole numbers, cancelled", () => {
    expect(conversion("uS/cm", "dS/m")).toEqual({ times: 1, over: 1000, plus: 0 });
    expect(conversion("kPa", "hPa")).toEqual({ times: 10, over: 1, plus: 0 });
    expect(conversion("mm", "m")).toEqual({ times: 1, over: 1000, plus: 0 });
  });

  test("no unit is of two kinds", () => {
    const names = Object.values(kinds).flatMap((scales) => Object.keys(scales));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("what would be right is told with every spelling", () => {
    expect(unitsLike("V")).toEqual(["V", "mV"]);
    expect(unitsLike("{count}")).toEqual(["{count}"]);
  });

  test("a unit is known with all that print adds to it", () => {
    expect(["µS / cm", "μS/cm", "W/m²", "m³/h", "µmol/m²s"].every(isUnit)).toBe(true);
    expect(["", "x", "toString"].some(isUnit)).toBe(false);
  });
});
