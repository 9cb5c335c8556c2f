import { describe, expect, test } from "vitest";
import { quantities } from "../../../devices/index.ts";
import { amountIn } from "./amount.ts";
import { convert, isUnit } from "./units.ts";

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
    [760, "mmHg", "hPa", 1013.2501412],
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

  test("every unit of the catalogue is itself", () => {
    for (const { unit } of quantities.values()) expect(convert(12.34, unit, unit)).toBe(12.34);
  });
});

describe("an amount", () => {
  test.each<[unknown, number, string | null]>([
    [24.59, 24.59, null],
    ["24.59", 24.59, null],
    [" -3 ", -3, null],
    ["57 uS/cm", 57, "uS/cm"],
    ["57uS/cm", 57, "uS/cm"],
    ["57 µS/cm", 57, "µS/cm"],
    ["24.5 °C", 24.5, "°C"],
    ["1e3 lx", 1000, "lx"],
    ["87%", 87, "%"],
  ])("%j is %d %s", (found, value, unit) => {
    expect(amountIn(found)).toEqual({ value, unit });
  });

  test.each([
    "",
    " ",
    "wet",
    "12 furlongs",
    "0x1F",
    "24,59",
    "1_0",
    "1e999",
    "9".repeat(41),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    null,
    undefined,
    [3],
    { v: 3 },
  ])("%j is none", (found) => {
    expect(amountIn(found)).toBeNull();
  });

  test("a unit is known with all that print adds to it", () => {
    expect(["µS / cm", "μS/cm", "W/m²", "m³/h"].every(isUnit)).toBe(true);
    expect(["", "x", "toString"].some(isUnit)).toBe(false);
  });
});
