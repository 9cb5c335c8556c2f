import { expect, test } from "vitest";
import {
  dateOf,
  datesOf,
  dayMs,
  dayStartMs,
  daysAfter,
  localHour,
  localYear,
  spanMs,
  startOfDateMs,
  weekOf,
} from "./local-day.ts";

test("a local day begins at 17:00 UTC of the day before", () => {
  const midnight = Date.UTC(2026, 10, 20, 17);
  expect(dayStartMs(midnight)).toBe(midnight);
  expect(dayStartMs(midnight - 1)).toBe(midnight - dayMs);
  expect(startOfDateMs("2026-11-21")).toBe(midnight);
  expect(dateOf(midnight)).toBe("2026-11-21");
  expect(dateOf(midnight - 1)).toBe("2026-11-20");
});

test("hours and years are local", () => {
  expect(localHour(Date.UTC(2026, 10, 20, 23, 30))).toBe(6.5);
  expect(localYear(Date.UTC(2026, 11, 31, 17))).toBe(2027);
});

test("both days of a span belong to it", () => {
  expect(datesOf({ from: "2028-02-28", to: "2028-03-01" })).toEqual([
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
  ]);
  const { fromMs, toMs } = spanMs({ from: "2025-12-15", to: "2026-03-14" });
  expect((toMs - fromMs) / 86_400_000).toBe(90);
});

test("a week begins on Monday", () => {
  expect(weekOf(startOfDateMs("2026-11-22"))).toBe("2026-11-16");
  expect(weekOf(startOfDateMs("2026-11-23"))).toBe("2026-11-23");
  expect(daysAfter("2026-01-01", -1)).toBe("2025-12-31");
});

test("a day that the year lacks is the next one", () => {
  expect(startOfDateMs("2026-02-29")).toBe(startOfDateMs("2026-03-01"));
  expect(startOfDateMs("2028-02-29")).toBe(startOfDateMs("2028-03-01") - dayMs);
});
