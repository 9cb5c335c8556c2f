import { expect, test } from "vitest";
import { atmosphericPressureKpa, psychrometricConstantKpaPerC, windSpeedAt2mMs } from "./atmosphere.ts";

test.each([
  { altitudeM: 1800, kpa: 81.8, digits: 1, source: "FAO-56 example 2" },
  { altitudeM: 1200, kpa: 87.9, digits: 1, source: "FAO-56 example 4" },
  { altitudeM: 1462.4, kpa: 85.17, digits: 1, source: "ASCE-EWRI appendix C, Greeley" },
  { altitudeM: 100, kpa: 100.1, digits: 1, source: "FAO-56 example 18" },
  { altitudeM: 780, kpa: 92.41, digits: 2, source: "a highland pond" },
])("$altitudeM m has $kpa kPa ($source)", ({ altitudeM, kpa, digits }) => {
  expect(atmosphericPressureKpa(altitudeM)).toBeCloseTo(kpa, digits);
});

test.each([
  { kpa: 81.8, gamma: 0.054, within: 0.0005, source: "FAO-56 example 2" },
  { kpa: 85.17, gamma: 0.0566, within: 0.00005, source: "ASCE-EWRI appendix C" },
  { kpa: atmosphericPressureKpa(2), gamma: 0.0674, within: 0.0001, source: "FAO-56 example 17" },
  { kpa: atmosphericPressureKpa(100), gamma: 0.0666, within: 0.00005, source: "FAO-56 example 18" },
])("the psychrometric constant is $gamma kPa/°C ($source)", ({ kpa, gamma, within }) => {
  expect(Math.abs(psychrometricConstantKpaPerC(kpa) - gamma)).toBeLessThan(within);
});

test("wind comes down to 2 m (FAO-56 examples 14 and 18)", () => {
  expect(windSpeedAt2mMs(3.2, 10)).toBeCloseTo(2.4, 1);
  expect(windSpeedAt2mMs(10 / 3.6, 10)).toBeCloseTo(2.078, 2);
  expect(windSpeedAt2mMs(3, 2)).toBeCloseTo(3, 2);
});
