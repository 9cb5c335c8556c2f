import { expect, test } from "vitest";
import { createSimClock } from "./sim-clock.ts";

test("simulated time catches up with real time, and then goes with it", () => {
  const clock = createSimClock(0, 10, 1000);
  expect([clock.atMs, clock.isLive]).toEqual([0, false]);
  expect(clock.advance(1050)).toBe(500);
  expect(clock.advance(1100)).toBe(1000);
  expect([clock.advance(1200), clock.isLive]).toEqual([1200, true]);
  expect([clock.advance(1300), clock.isLive]).toEqual([1300, true]);
});

test("a start in the future is a start now", () => {
  expect(createSimClock(9_000, 1, 1000).atMs).toBe(1000);
});

test("a clock that is set back takes simulated time with it: it is never ahead", () => {
  const clock = createSimClock(1000, 1, 1000);
  clock.advance(5000);
  expect(clock.advance(2000)).toBe(2000);
});

test("what was held goes on from there", () => {
  const clock = createSimClock(0, 100, 1000);
  clock.advance(1005);
  clock.holdAt(100);
  expect([clock.isLive, clock.advance(1006)]).toEqual([false, 200]);
});
