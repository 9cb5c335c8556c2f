import { expect, test } from "vitest";
import { dateOf, datesOf, daysAfter, spanMs, startOfDateMs, weekOf } from "./local-date.ts";

test("a day begins at 17:00 UTC of the day before", () => {
  expect(startOfDateMs("2026-07-01")).toBe(Date.UTC(2026, 5, 30, 17));
  expect(dateOf(Date.UTC(2026, 5, 30, 16, 59))).toBe("2026-06-30");
  expect(dateOf(Date.UTC(2026, 5, 30, 17))).toBe("2026-07-01");
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
