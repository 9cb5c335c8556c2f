import { expect, test } from "vitest";
import { quantities } from "../../devices/index.ts";
import { conversionFrom, converted, unitsFor } from "./units.ts";

test.each([
  ["water.ec", "mS/cm", 45.97, 45970],
  ["soil.ec", "µS/cm", 1250, 1.25],
  ["soil.ec", "S/m", 0.12, 1.2],
  ["air.temperature", "°F", 50, 10],
  ["air.temperature", "K", 300, 26.85],
  ["air.pressure", "psi", 14.5038, 1000.00180928],
  ["water.depth", "ft", 10, 3.048],
  ["light.par", "mmol/m2/15min", 900, 1000],
  ["wind.speed", "km/h", 36, 10],
  ["soil.moisture", "1", 0.31, 31],
  ["rain.amount", "in", 1, 25.4],
])("%s in %s: %d becomes %d", (quantity, unit, value, expected) => {
  expect(converted(value, conversionFrom(unit, quantity)!)).toBe(expected);
});

test("a unit that measures something else is refused, and every quantity takes its own", () => {
  expect(conversionFrom("psi", "air.temperature")).toBeNull();
  expect(conversionFrom("mS/cm", "no.such")).toBeNull();
  for (const { name, unit } of quantities.values()) {
    expect(converted(1.2345, conversionFrom(unit, name)!)).toBe(1.2345);
    expect(unitsFor(name)[0]).toBe(unit);
  }
});
