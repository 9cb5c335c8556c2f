import { expect, test } from "vitest";
import { blastNightsRunning, blastRiskNights, isBlastNight } from "./rice-blast.ts";

const fit = { minTemperatureC: 23, meanHumidityPct: 93 };
const hot = { minTemperatureC: 26.5, meanHumidityPct: 95 };

test("20 to 26 °C and 90 % make a blast night, the limits included", () => {
  const nights = [20, 26, 19.9, 26.1].map((minTemperatureC) => ({ minTemperatureC, meanHumidityPct: 90 }));
  expect(nights.map(isBlastNight)).toEqual([true, true, false, false]);
  expect(isBlastNight({ ...fit, meanHumidityPct: 89.9 })).toBe(false);
});

test("nights are counted back to the last other one", () => {
  expect(blastNightsRunning([])).toBe(0);
  expect(blastNightsRunning([fit, fit, hot])).toBe(0);
  expect(blastNightsRunning([fit, hot, fit, fit])).toBe(2);
  expect(blastNightsRunning(Array.from({ length: 8 }, () => fit))).toBeGreaterThanOrEqual(blastRiskNights);
});

test("a night without readings ends the run", () => {
  expect(blastNightsRunning([fit, fit, undefined, fit])).toBe(1);
});
