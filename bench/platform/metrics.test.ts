import { expect, test } from "vitest";
import { metricsText } from "../../app/http/metrics.ts";
import { lagOf, mostLag, parseMetrics, sample } from "./metrics.ts";

const lag = (follower: string, value: number) =>
  ({ name: "canhdong_follower_lag_uplinks", help: "-", type: "gauge", labels: { follower }, value }) as const;

const metrics = parseMetrics(
  metricsText([
    lag("store", 3),
    { name: "canhdong_readings", help: "Readings stored.", type: "gauge", value: 1_500_000 },
    lag("watch", 70),
  ]),
);

test("what the server writes is read back", () => {
  expect(sample(metrics, "canhdong_readings")).toBe(1_500_000);
  expect(lagOf(metrics, "store")).toBe(3);
});

test("the follower that is furthest behind counts", () => {
  expect(mostLag(metrics)).toBe(70);
});

test("a number that the server does not tell is not taken for 0", () => {
  expect(() => sample(metrics, "canhdong_kittens")).toThrow("no canhdong_kittens");
});
