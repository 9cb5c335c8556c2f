import { expect, test } from "vitest";
import { lastClosedQuarter, previousPeriod, reportPeriod } from "./report-period.ts";

test.each([
  ["2026-Q1", "2025-12-15", "2026-03-14", "2026-03-15"],
  ["2026-Q2", "2026-03-15", "2026-06-14", "2026-06-15"],
  ["2026-Q3", "2026-06-15", "2026-09-14", "2026-09-15"],
  ["2026-Q4", "2026-09-15", "2026-12-14", "2026-12-15"],
  ["2026", "2025-12-15", "2026-12-14", "2026-12-15"],
])("%s is %s to %s, due before %s", (name, from, to, dueBefore) => {
  expect(reportPeriod(name)).toMatchObject({ name, from, to, dueBefore });
});

test("what is no period is none", () => {
  for (const name of ["2026-Q5", "2026-03", "Q1", ""]) expect(reportPeriod(name)).toBeUndefined();
});

test("a quarter has closed the day after its 14th, not on it", () => {
  expect(lastClosedQuarter("2026-03-14").name).toBe("2025-Q4");
  expect(lastClosedQuarter("2026-03-15").name).toBe("2026-Q1");
  expect(lastClosedQuarter("2026-01-02").name).toBe("2025-Q4");
});

test("a department may close its figures before the period ends, and be due later", () => {
  const calendar = { cutOffDay: 10, dueBeforeDay: 20 };
  expect(reportPeriod("2026-Q3", calendar)).toMatchObject({
    from: "2026-06-15",
    to: "2026-09-14",
    cutOff: "2026-09-10",
    dueBefore: "2026-09-20",
    lateUntil: "2026-09-20",
  });
  expect(lastClosedQuarter("2026-09-10", calendar).name).toBe("2026-Q2");
  expect(lastClosedQuarter("2026-09-11", calendar).name).toBe("2026-Q3");
});

test.each([
  ["2026-Q3", "2026-Q2"],
  ["2026-Q1", "2025-Q4"],
  ["2026", "2025"],
])("before %s was %s", (name, before) => {
  expect(previousPeriod(name)).toBe(before);
});
