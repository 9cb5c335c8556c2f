import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";

test("each failure doubles the wait, up to a minute, and half of it is drawn by lot", () => {
  const shortest = [1, 2, 3, 7, 8, 100].map((failures) => backOffMs(failures, () => 0));
  expect(shortest).toEqual([250, 500, 1000, 16_000, 30_000, 30_000]);
  expect(backOffMs(1, () => 0.5)).toBe(375);
  expect(backOffMs(5000, () => 0.999999)).toBeLessThan(60_000);
});
