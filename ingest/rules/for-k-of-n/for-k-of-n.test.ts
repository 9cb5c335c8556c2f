import { expect, test } from "vitest";
import {
  expectTheSameAfterRestarts,
  firesAt,
  minute,
  rulesWords,
  seeded,
  watcherAfter,
} from "../testing/judged.ts";
import { forKOfN } from "./for-k-of-n.ts";

const base = {
  kind: "for-k-of-n",
  severity: "warning",
  quantity: "water.turbidity",
  above: 2,
  k: 3,
  n: 5,
  ...rulesWords,
};
const rule = (config: object = {}) => forKOfN.parse({ ...base, ...config });
const eachMinute = (values: readonly number[]) => values.map((value, at) => [at * minute, value] as const);

test("fires with the third of the last five readings beyond the limit, and not before", () => {
  expect(firesAt(rule(), eachMinute([3, 1, 3, 1, 3]))).toEqual([false, false, false, false, true]);
});

test("readings that lie further back than n do not count", () => {
  expect(firesAt(rule(), eachMinute([3, 3, 1, 1, 1, 3, 3]))).not.toContain(true);
});

test("is over when fewer than k of the last n are beyond", () => {
  expect(firesAt(rule(), eachMinute([3, 3, 3, 1, 1, 1]))).toEqual([false, false, true, true, true, false]);
});

test("tells the first of those that count", () => {
  expect(watcherAfter(rule(), eachMinute([3, 1, 3, 1, 3])).sinceMs).toBe(0);
  expect(watcherAfter(rule(), eachMinute([3, 1, 3, 1, 3, 3])).sinceMs).toBe(2 * minute);
});

test("agrees with counting the last readings one by one, also over restarts", () => {
  const random = seeded(11);
  const values = Array.from({ length: 600 }, () => 4 * random());
  const expected = values.map(
    (_, at) => values.slice(Math.max(0, at - 4), at + 1).filter((value) => value > 2).length >= 3,
  );
  const verdicts = expectTheSameAfterRestarts(rule(), eachMinute(values));
  expect(verdicts.map((verdict) => verdict !== null)).toEqual(expected);
  expect(new Set(expected).size).toBe(2);
});

test("what it remembers stays small", () => {
  const always = eachMinute(Array.from({ length: 10_000 }, () => 3));
  expect(JSON.stringify(watcherAfter(rule(), always).save()).length).toBeLessThan(200);
});

test("k is at most n, and there is one limit", () => {
  expect(forKOfN.safeParse({ ...base, k: 6 }).error!.issues[0]!.path).toEqual(["k"]);
  expect(forKOfN.safeParse({ ...base, below: 1 }).error!.issues[0]!.message).toMatch(/needs one of/);
});
