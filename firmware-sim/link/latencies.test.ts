import { expect, test } from "vitest";
import { Latencies } from "./latencies.ts";

test("quantiles are within a twelfth of what was recorded", () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 1_000; ms++) latencies.record(ms);
  for (const share of [0.5, 0.9, 0.99, 1]) {
    const exact = share * 1_000;
    expect(Math.abs(latencies.quantile(share)! - exact) / exact).toBeLessThan(1 / 12);
  }
  expect(latencies.count).toBe(1_000);
});

test("where nothing was recorded there is no quantile", () => {
  expect(new Latencies().quantile(0.5)).toBeNull();
});
