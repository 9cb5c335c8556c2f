import { expect, test } from "vitest";
import { DeviceClock } from "./device-clock.ts";

const day = 86_400_000;
const startMs = Date.UTC(2026, 4, 1);

test("a quartz that is 20 parts in a million fast gains 1.7 seconds a day, until the network puts it right", () => {
  const clock = new DeviceClock(20, startMs);
  expect(clock.at(startMs + day) - (startMs + day)).toBe(1_728);
  clock.putRight(startMs + day);
  expect(clock.at(startMs + day)).toBe(startMs + day);
  expect(clock.at(startMs + 2 * day) - (startMs + 2 * day)).toBe(1_728);
});

test("a clock that lost its power counts from 1970", () => {
  const clock = new DeviceClock(0, startMs);
  clock.reset(startMs + day);
  expect(clock.at(startMs + day + 5_000)).toBe(5_000);
  clock.putRight(startMs + day + 60_000);
  expect(clock.at(startMs + day + 60_000)).toBe(startMs + day + 60_000);
});
