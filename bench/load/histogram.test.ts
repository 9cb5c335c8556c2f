import { expect, test } from "vitest";
import { createHistogram } from "./histogram.ts";

test("quantiles are those of the sorted values, to one per cent", () => {
  const histogram = createHistogram();
  const values = Array.from({ length: 10_000 }, (_, index) => 0.01 * 1.001 ** index);
  for (const value of values.toReversed()) histogram.add(value);
  for (const share of [0.001, 0.1, 0.5, 0.9, 0.99, 0.999]) {
    const exact = values[Math.ceil(share * values.length) - 1]!;
    expect(Math.abs(histogram.quantile(share) / exact - 1)).toBeLessThan(0.0101);
  }
  expect(histogram.summary()).toMatchObject({ count: 10_000, max: Number(values.at(-1)!.toPrecision(4)) });
});

test("nothing added is all zeros", () => {
  expect(createHistogram().summary()).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 });
});

test("zero and what is beyond every bucket are counted", () => {
  const histogram = createHistogram();
  histogram.add(0);
  histogram.add(1e12);
  expect(histogram.summary()).toMatchObject({ count: 2, max: 1e12 });
  expect(histogram.quantile(0.5)).toBeLessThan(0.002);
});
