import { expect, test } from "vitest";
import { keyAt, uniform } from "../chance.ts";
import { rounded } from "./rounded.ts";

const toFixed = (value: number, decimals: number) => Number(value.toFixed(decimals));

test.each([0, 1, 2, 3])("with %i decimals it is what toFixed says, to the last bit", (decimals) => {
  for (let i = 0; i < 20_000; i++) {
    const value = (uniform(keyAt(1, i)) - 0.3) * 10 ** (uniform(keyAt(2, i)) * 6);
    expect(rounded(value, decimals)).toBe(toFixed(value, decimals));
  }
});

test.each([
  // The double is a little less than the decimal that it stands for: rounding the product would round it up.
  [1.005, 2],
  [8.345, 2],
  [0.000_5, 3],
  [2.5, 0],
  [-2.5, 0],
  [1.45, 1],
  [-0.05, 1],
  [0.15, 1],
])("%d to %i decimals, on the edge of a step, is what toFixed says", (value, decimals) => {
  expect(rounded(value, decimals) + 0).toBe(toFixed(value, decimals) + 0);
});
