import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";

test("the limit doubles with each failure up to a minute, and any time below it may come", () => {
  const latest = [1, 2, 3, 6, 7, 100].map((failures) => backOffMs(failures, () => 1));
  expect(latest).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  expect(backOffMs(5, () => 0)).toBe(0);
});
