import { expect, test } from "vitest";
import { batteryVolts, chargeAfter } from "./battery.ts";

test("five days without sun are survived, and one sunny day makes good for most of it", () => {
  const afterStorm = chargeAfter(0.9, 5 * 24, 0);
  expect(afterStorm).toBeGreaterThan(0.3);
  expect(chargeAfter(afterStorm, 10, 600)).toBeGreaterThan(0.75);
});

test("the voltage falls with the charge, within what a lithium cell has", () => {
  const volts = Array.from({ length: 101 }, (_, percent) => batteryVolts(percent / 100));
  expect(volts).toEqual(volts.toSorted((a, b) => a - b));
  expect(volts[0]).toBeGreaterThan(2.8);
  expect(volts[100]).toBeLessThan(4.25);
});
