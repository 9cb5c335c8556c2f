import { expect, test } from "vitest";
import {
  dayMs,
  earlier,
  later,
  localDate,
  localMidnight,
  spanOf,
  timeTicks,
  untilEndOf,
  type Window,
} from "./window.ts";

const now = Date.UTC(2026, 10, 21, 5, 0); // noon in the field
const day: Window = { span: "24h", endMs: null };

test("a window without an end follows the clock", () => {
  expect(spanOf(day, now)).toEqual({ fromMs: now - dayMs, toMs: now });
  expect(spanOf(day, now + 1000).toMs).toBe(now + 1000);
});

test("a step back ends where the window began, and two steps on follow the clock again", () => {
  const before = earlier(earlier(day, now), now);
  expect(spanOf(before, now)).toEqual({ fromMs: now - 3 * dayMs, toMs: now - 2 * dayMs });
  expect(later(before, now)).toEqual({ span: "24h", endMs: now - dayMs });
  expect(later(later(before, now), now)).toEqual(day);
});

test("a day is a day of the field", () => {
  expect(localMidnight(now)).toBe(Date.UTC(2026, 10, 20, 17, 0));
  expect(localDate(Date.UTC(2026, 10, 20, 16, 59))).toBe("2026-11-20");
  expect(localDate(Date.UTC(2026, 10, 20, 17, 0))).toBe("2026-11-21");
  expect(untilEndOf(day, "2026-11-19", now).endMs).toBe(Date.UTC(2026, 10, 19, 17, 0));
});

test("until the end of today means until now, and a date cleared changes nothing", () => {
  expect(untilEndOf(day, "2026-11-21", now).endMs).toBeNull();
  expect(untilEndOf({ span: "6h", endMs: 5 }, "", now)).toEqual({ span: "6h", endMs: 5 });
});

test("ticks fall on round local hours and midnights, no more than there is room for", () => {
  const ticks = timeTicks({ fromMs: now - dayMs, toMs: now }, 8);
  expect(ticks).toHaveLength(9);
  expect(ticks).toContain(localMidnight(now));
  expect(ticks.every((tick) => (tick - localMidnight(now)) % (3 * 3_600_000) === 0)).toBe(true);
});

test("a month has ticks at midnights", () => {
  const ticks = timeTicks({ fromMs: now - 30 * dayMs, toMs: now }, 5);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.length).toBeLessThanOrEqual(6);
  expect(ticks.every((tick) => localMidnight(tick) === tick)).toBe(true);
});
