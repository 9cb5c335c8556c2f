import { expect, test } from "vitest";
import {
  expectTheSameAfterRestarts,
  firesAt,
  hour,
  type Judged,
  minute,
  rulesWords,
  seeded,
  watcherAfter,
} from "../testing/judged.ts";
import { probeFault } from "./probe-fault.ts";

const base = { kind: "probe-fault", severity: "info", quantity: "water.ph", ...rulesWords };
const rule = (config: object = {}) => probeFault.parse({ ...base, ...config });
const eachTenMinutes = (values: readonly number[]): Judged[] =>
  values.map((value, at) => [(at + 1) * 10 * minute, value] as const);

test("a probe that says the same for so long is stuck; one other value frees it", () => {
  const stuck = rule({ stuckForMs: 30 * minute });
  expect(firesAt(stuck, eachTenMinutes([7.1, 7.1, 7.1, 7.1, 7.1, 7.2, 7.2]))).toEqual([
    false,
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(watcherAfter(stuck, eachTenMinutes([7.2, 7.1, 7.1, 7.1, 7.1])).sinceMs).toBe(20 * minute);
});

test("noise within the span is standing still, a slow drift out of it is not", () => {
  const stuck = rule({ stuckForMs: hour, stuckWithin: 0.1 });
  const noise = Array.from({ length: 12 }, (_, at) => 7 + (at % 2) * 0.1);
  expect(firesAt(stuck, eachTenMinutes(noise)).at(-1)).toBe(true);
  const drift = Array.from({ length: 30 }, (_, at) => 7 + at * 0.03);
  expect(firesAt(stuck, eachTenMinutes(drift))).not.toContain(true);
});

test("values that cannot be here are counted, and one good one forgives them", () => {
  const narrow = rule({ believedFrom: 4, believedTo: 11, refusals: 2 });
  expect(firesAt(narrow, eachTenMinutes([3.6, 7, 3.6, 12, 7]))).toEqual([false, false, false, true, false]);
  expect(watcherAfter(narrow, eachTenMinutes([7, 3.6, 3.6])).sinceMs).toBe(20 * minute);
});

test("values that the catalogue refused count as well", () => {
  const watcher = rule({ refusals: 3 }).watch(null);
  const verdicts = [1, 2, 3].map((at) => watcher.refuse!(at * minute, "water.ph"));
  expect(verdicts).toEqual([null, null, "info"]);
  expect(watcher.judge(4 * minute, 7, "water.ph")).toBeNull();
});

test("refusals alone are remembered over a restart", () => {
  const faulty = rule({ refusals: 3 });
  const before = faulty.watch(null);
  before.refuse!(minute, "water.ph");
  before.refuse!(2 * minute, "water.ph");
  const after = faulty.watch(JSON.parse(JSON.stringify(before.save())));
  expect(after.refuse!(3 * minute, "water.ph")).toBe("info");
  expect(after.sinceMs).toBe(minute);
});

test("goes on from what it saved as if nothing had happened", () => {
  const random = seeded(12);
  const values = Array.from({ length: 500 }, () => (random() < 0.5 ? 7 : Math.round(20 * random()) / 2));
  const fault = rule({ stuckForMs: 30 * minute, believedFrom: 2, believedTo: 9, refusals: 2 });
  expect(new Set(expectTheSameAfterRestarts(fault, eachTenMinutes(values)))).toEqual(new Set([null, "info"]));
});

test("without a time it never calls a probe stuck", () => {
  const readings = Array.from({ length: 100 }, (_, at) => [at * hour, 7] as const);
  expect(firesAt(rule(), readings)).not.toContain(true);
});
