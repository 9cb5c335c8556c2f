import { expect, test } from "vitest";
import { keyAt, uniform } from "../chance.ts";
import { Schedule } from "./schedule.ts";

test("the earliest comes first, and of one moment the lowest index", () => {
  const schedule = new Schedule();
  const entries = Array.from({ length: 500 }, (_, index) => ({
    atMs: Math.floor(uniform(keyAt(5, index)) * 50),
    index,
  }));
  for (const { atMs, index } of entries) schedule.add(atMs, index);
  const taken = entries.map(() => schedule.take());
  expect(taken).toEqual(entries.toSorted((a, b) => a.atMs - b.atMs || a.index - b.index));
  expect(schedule.nextMs).toBe(Number.POSITIVE_INFINITY);
});
