import { expect, test } from "vitest";
import { huttonCriteriaMet, isHuttonDay } from "./late-blight.ts";

const fit = { minTemperatureC: 10, humidHours: 6 };
const tooCold = { minTemperatureC: 9.9, humidHours: 20 };
const tooDry = { minTemperatureC: 18, humidHours: 5.5 };

test("10 °C and 6 humid hours make a Hutton day, a little less does not", () => {
  expect([fit, tooCold, tooDry].map(isHuttonDay)).toEqual([true, false, false]);
});

test("two such days running are the criteria", () => {
  expect(huttonCriteriaMet([tooDry, fit, fit])).toBe(true);
  expect(huttonCriteriaMet([fit, tooCold, fit])).toBe(false);
  expect(huttonCriteriaMet([fit, fit, tooDry])).toBe(false);
  expect(huttonCriteriaMet([fit])).toBe(false);
  expect(huttonCriteriaMet([])).toBe(false);
});

test("a day without readings proves nothing", () => {
  expect(huttonCriteriaMet([fit, undefined, fit])).toBe(false);
  expect(huttonCriteriaMet([fit, undefined])).toBe(false);
});
