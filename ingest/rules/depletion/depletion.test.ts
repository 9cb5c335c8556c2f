import { expect, test } from "vitest";
import {
  day,
  expectTheSameAfterRestarts,
  type Judged,
  midnight,
  rulesWords,
  seeded,
  verdictsOf,
  watcherAfter,
} from "../testing/judged.ts";
import { depletion } from "./depletion.ts";

const base = {
  kind: "depletion",
  severity: "warning",
  cropCoefficient: 0.95,
  // Robusta on clay, roots 0.9 m deep: 150 mm/m.
  totalAvailableMm: 135,
  depletionFraction: 0.4,
  above: 40,
  ...rulesWords,
};
const rule = (config: object = {}) => depletion.parse({ ...base, ...config });
const et0 = (n: number, mm: number): Judged => [midnight + n * day, mm, "air.et0Daily"];
const rain = (n: number, mm: number): Judged => [midnight + n * day, mm, "rain.amount"];
const dry = (days: number) => Array.from({ length: days }, (_, n) => et0(n, 5));

test("dry days add up to the limit", () => {
  // 4.75 mm a day of 135: 3.52 %; more than 40 % after the 12th day.
  const verdicts = verdictsOf(rule(), dry(13));
  expect(verdicts.indexOf("warning")).toBe(11);
  expect(watcherAfter(rule(), dry(12)).judged).toBeCloseTo((100 * 12 * 4.75) / 135, 10);
});

test("rain ends it, and what does not fit in runs through", () => {
  const readings = [...dry(13), rain(13, 500), et0(14, 5)];
  expect(verdictsOf(rule(), readings).slice(-3)).toEqual(["warning", null, null]);
  expect(watcherAfter(rule(), readings).judged).toBeCloseTo((100 * 4.75) / 135, 10);
});

test("a shower puts the alert off by as much as it brought", () => {
  const verdicts = verdictsOf(rule(), [...dry(10), rain(10, 9.5), ...dry(13).slice(10)]);
  expect(verdicts).not.toContain("warning");
});

test("a crop that suffers takes less: the last of the water lasts longer", () => {
  const { judged } = watcherAfter(rule(), dry(28));
  expect(judged).toBeLessThan((100 * 28 * 4.75) / 135);
  expect(judged).toBeLessThanOrEqual(100);
  expect(judged).toBeGreaterThan(70);
});

test("dew takes nothing out of the account", () => {
  expect(watcherAfter(rule(), [et0(0, 4), et0(1, -0.1)]).judged).toBeCloseTo((100 * 4 * 0.95) / 135, 10);
});

test("goes on from what it saved as if nothing had happened", () => {
  const random = seeded(4);
  const readings = Array.from({ length: 200 }, (_, n) =>
    random() < 0.1 ? rain(n, 30 * random()) : et0(n, 6 * random()),
  );
  const verdicts = expectTheSameAfterRestarts(rule({ above: 30 }), readings);
  expect(new Set(verdicts)).toEqual(new Set([null, "warning"]));
});
