import { expect, test } from "vitest";
import {
  expectTheSameAfterRestarts,
  firesAt,
  minute,
  rulesWords,
  seeded,
  verdictsOf,
  watcherAfter,
} from "../testing/judged.ts";
import { outsideBand } from "./outside-band.ts";

const base = { kind: "outside-band", severity: "warning", quantity: "water.ph", ...rulesWords };
const rule = (config: object) => outsideBand.parse({ ...base, ...config });
const eachMinute = (values: readonly number[]) => values.map((value, at) => [at * minute, value] as const);
const problems = (config: object) =>
  outsideBand
    .safeParse({ ...base, ...config })
    .error!.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

test("fires on either side; the ends belong to the band", () => {
  const band = rule({ below: 6, above: 9 });
  expect(firesAt(band, eachMinute([6, 5.9, 7, 9, 9.1]))).toEqual([false, true, false, false, true]);
});

test("the hold time goes on when the value leaps from one side to the other", () => {
  const band = rule({ below: 6, above: 9, forMs: 2 * minute });
  expect(firesAt(band, eachMinute([5, 10, 5]))).toEqual([false, false, true]);
});

test("is over only so far inside the band", () => {
  const band = rule({ below: 6, above: 9, clearBy: 0.5 });
  expect(firesAt(band, eachMinute([5, 6, 6.4, 6.5, 9.1, 8.6, 8.5]))).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
});

test("tells the end that was passed", () => {
  const limitAfter = (value: number) => watcherAfter(rule({ below: 6, above: 9 }), [[0, value]]).limit;
  expect([limitAfter(5), limitAfter(10)]).toEqual([6, 9]);
});

test("a worse level may have one side only", () => {
  const temperature = rule({
    quantity: "water.temperature",
    severity: undefined,
    levels: [
      { severity: "warning", below: 20, above: 33 },
      { severity: "critical", below: 15 },
    ],
  });
  expect(verdictsOf(temperature, eachMinute([34, 25, 18, 14, 21]))).toEqual([
    "warning",
    null,
    "warning",
    "critical",
    null,
  ]);
});

test("goes on from what it saved as if nothing had happened", () => {
  const random = seeded(5);
  const readings = eachMinute(Array.from({ length: 300 }, () => 5 + 5 * random()));
  const band = rule({ below: 6, above: 9, clearBy: 0.5, forMs: minute });
  expect(new Set(expectTheSameAfterRestarts(band, readings))).toEqual(new Set([null, "warning"]));
});

test("needs a band that is one", () => {
  expect(problems({})).toEqual([": needs `below`, `above`, or both"]);
  expect(problems({ below: 9, above: 6 })).toEqual(["below: must be less than `above`"]);
  expect(problems({ below: 6, above: 9, clearBy: 1.5 })[0]).toMatch(/^clearBy: leaves nothing of the band/);
  expect(problems({ below: 6, above: 15 })[0]).toMatch(/^above: 15 lies outside what is believed/);
});
