import { expect, test } from "vitest";
import { startOfDateMs } from "../../calendar/index.ts";
import { freezeOf, hoursLate } from "./freeze.ts";
import { reportPeriod } from "./report-period.ts";

/** A department that closes its figures on the 10th; the period of the law ends on the 14th. */
const period = reportPeriod("2026-Q3", { cutOffDay: 10, dueBeforeDay: 15 })!;
const morningOf = (date: string) => startOfDateMs(date) + 8 * 3_600_000;

test("the first snapshot counts up to the cut-off, with the register of that day's end, also some days later", () => {
  for (const day of ["2026-09-11", "2026-09-20"])
    expect(freezeOf(period, true, { nowMs: morningOf(day) })).toEqual({
      kind: "cut-off",
      span: { from: "2026-06-15", to: "2026-09-10" },
      registerAtMs: startOfDateMs("2026-09-11") - 1,
      countedAtMs: morningOf(day),
      reason: null,
    });
});

test("how late the readings were counted is told in whole hours, and not of an older snapshot that did not say", () => {
  const made = (nowMs: number) => hoursLate(freezeOf(period, true, { nowMs }), period);
  expect(made(startOfDateMs("2026-09-11") + 600_000)).toBe(0);
  expect(made(morningOf("2026-09-11"))).toBe(8);
  expect(made(morningOf("2026-09-13"))).toBe(56);
  const { countedAtMs: _, ...older } = freezeOf(period, true, { nowMs: morningOf("2026-09-13") });
  expect(hoursLate(older, period)).toBe(0);
});

test("before the cut-off is over nothing is frozen", () => {
  const lastMs = startOfDateMs("2026-09-11") - 1;
  expect(() => freezeOf(period, true, { nowMs: lastMs })).toThrow(/close with the end of 2026-09-10/);
});

test("a revision has the days after the cut-off as soon as the period has ended", () => {
  const revised = (day: string) => freezeOf(period, false, { nowMs: morningOf(day) });
  expect(revised("2026-09-14").span.to).toBe("2026-09-10");
  expect(revised("2026-09-15")).toMatchObject({
    kind: "revision",
    span: { from: "2026-06-15", to: "2026-09-14" },
    registerAtMs: morningOf("2026-09-15"),
  });
});

test("what nobody froze in time stands on what is known when it is made, and says so", () => {
  expect(freezeOf(period, true, { nowMs: morningOf("2026-11-22") })).toMatchObject({
    kind: "late",
    span: { from: "2026-06-15", to: "2026-09-14" },
    registerAtMs: morningOf("2026-11-22"),
  });
});

test("a correction after the days for what comes late needs a reason that is more than blanks", () => {
  const nowMs = morningOf("2026-09-21");
  expect(() => freezeOf(period, false, { nowMs, reason: " " })).toThrow(/must say its reason/);
  expect(freezeOf(period, false, { nowMs, reason: "đo lại diện tích" }).reason).toBe("đo lại diện tích");
});
