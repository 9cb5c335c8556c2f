import { expect, test } from "vitest";
import { amountIn } from "./amount.ts";

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
