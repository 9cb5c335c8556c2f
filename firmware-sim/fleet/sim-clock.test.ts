import { expect, test } from "vitest";
import { createSimClock } from "./sim-clock.ts";

test("simulated time catches up with real time, and then goes with it", () => {
  const clock = createSimClock(0, 10, 100_000);
  expect([clock.atMs, clock.isLive]).toEqual([0, false]);
  expect(clock.advance(105_000)).toBe(50_000);
  expect(clock.advance(110_000)).toBe(100_000);
  expect([clock.advance(112_000), clock.isLive]).toEqual([112_000, true]);
  expect([clock.advance(113_000), clock.isLive]).toEqual([113_000, true]);
});

test("a start a moment ago is now, even when time does not run faster", () => {
  const clock = createSimClock(99_500, 1, 100_000);
  expect([clock.advance(100_050), clock.isLive]).toEqual([100_050, true]);
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
  const clock = createSimClock(0, 100, 100_000);
  clock.advance(100_500);
  clock.holdAt(10_000);
  expect([clock.isLive, clock.advance(100_600)]).toEqual([false, 20_000]);
});
