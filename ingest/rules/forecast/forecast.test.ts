import { describe, expect, test } from "vitest";
import {
  expectTheSameAfterRestarts,
  hour,
  type Judged,
  minute,
  rulesWords,
  seeded,
  verdictsOf,
  watcherAfter,
} from "../testing/judged.ts";
import { forecast } from "./forecast.ts";
import { lineThrough } from "./trend.ts";

const base = {
  kind: "forecast",
  severity: "warning",
  quantity: "water.dissolvedOxygen",
  below: 3,
  withinMs: 2 * hour,
  overMs: 2 * hour,
  ...rulesWords,
};
const rule = (config: object = {}) => forecast.parse({ ...base, ...config });
const eachTenMinutes = (values: readonly number[]): Judged[] =>
  values.map((value, at) => [at * 10 * minute, value] as const);
const falling = (from: number, byHour: number, count = 30) =>
  Array.from({ length: count }, (_, at) => from - (byHour * at) / 6);

describe("a forecast", () => {
  test("fires when the line reaches the limit within the time, not earlier", () => {
    // 0.6 mg/L an hour from 6.0: two hours before 3.0 is at 4.2, three hours on.
    const verdicts = verdictsOf(rule(), eachTenMinutes(falling(6, 0.6)));
    expect(verdicts.indexOf("warning")).toBe(19);
  });

  test("tells the value now, and the limit it leads to", () => {
    const { judged, limit } = watcherAfter(rule(), eachTenMinutes(falling(6, 0.6, 20)));
    expect(judged).toBeCloseTo(6 - 0.1 * 19, 10);
    expect(limit).toBe(3);
  });

  test("is silent while there are too few readings to call it a trend", () => {
    expect(verdictsOf(rule(), eachTenMinutes(falling(5, 3, 5)))).not.toContain("warning");
  });

  test("is silent when the ups and downs are larger than the trend", () => {
    const random = seeded(8);
    const noisy = falling(6, 0.2, 25).map((value) => value + 3 * (random() - 0.5));
    expect(verdictsOf(rule(), eachTenMinutes(noisy))).not.toContain("warning");
    expect(verdictsOf(rule({ leastFit: 0 }), eachTenMinutes(noisy))).toContain("warning");
  });

  test("fires, trend or not, when the limit is passed already", () => {
    expect(verdictsOf(rule(), eachTenMinutes([2]))).toEqual(["warning"]);
  });

  test("ends when the trend turns", () => {
    const turned = [...falling(6, 0.6, 22), ...Array.from({ length: 12 }, (_, at) => 3.9 + at / 10)];
    const verdicts = verdictsOf(rule(), eachTenMinutes(turned));
    expect(verdicts[21]).toBe("warning");
    expect(verdicts.at(-1)).toBeNull();
  });

  test("forgets what lies before its window", () => {
    const jump: Judged[] = [[0, 40], ...eachTenMinutes(Array.from({ length: 30 }, () => 6)).slice(13)];
    expect(verdictsOf(rule(), jump)).not.toContain("warning");
  });

  test("goes on from what it saved as if nothing had happened", () => {
    const random = seeded(9);
    const wave = Array.from({ length: 400 }, (_, at) => 4 + 2 * Math.sin(at / 12) + 0.1 * random());
    const verdicts = expectTheSameAfterRestarts(rule(), eachTenMinutes(wave));
    expect(new Set(verdicts)).toEqual(new Set([null, "warning"]));
  });

  test("a device that sends every second takes bounded memory, and its trend is still seen", () => {
    const readings = Array.from({ length: 12_000 }, (_, s) => [s * 1000, 6 - s / 4000] as const);
    const watcher = watcherAfter(rule(), readings);
    const [trend] = watcher.save() as unknown as [[number[], number[]]];
    expect(trend[0].length).toBeLessThanOrEqual(50);
    expect(verdictsOf(rule(), readings)).toContain("warning");
  });
});

test("a line through points on a line has their slope and fits wholly", () => {
  const timesMs = [0, 5, 7, 20];
  const values = timesMs.map((t) => 3 - 0.25 * t);
  const line = lineThrough(timesMs, values, 20)!;
  expect(line.slope).toBeCloseTo(-0.25, 12);
  expect(line.fit).toBeCloseTo(1, 12);
});

test("a line through one moment is none", () => {
  expect(lineThrough([5], [1], 5)).toBeNull();
  expect(lineThrough([5, 5], [1, 2], 5)).toBeNull();
});

test("looks no further ahead than its past can bear", () => {
  expect(forecast.safeParse({ ...base, withinMs: 5 * hour }).error!.issues[0]!.path).toEqual(["withinMs"]);
});
