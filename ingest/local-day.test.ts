import { expect, test } from "vitest";
import { dayMs, dayStartMs, localDate, localDateMs, localHour, localYear } from "./local-day.ts";

test("a local day begins at 17:00 UTC of the day before", () => {
  const midnight = Date.UTC(2026, 10, 20, 17);
  expect(dayStartMs(midnight)).toBe(midnight);
  expect(dayStartMs(midnight - 1)).toBe(midnight - dayMs);
  expect(localDateMs("2026-11-21")).toBe(midnight);
  expect(localDate(midnight)).toBe("2026-11-21");
});

test("hours and years are local", () => {
  expect(localHour(Date.UTC(2026, 10, 20, 23, 30))).toBe(6.5);
  expect(localYear(Date.UTC(2026, 11, 31, 17))).toBe(2027);
});
