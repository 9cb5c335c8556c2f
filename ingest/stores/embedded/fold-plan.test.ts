import { expect, test } from "vitest";
import { type DayRange, dayMs, dayOf, hourMs, monthOf } from "./day.ts";
import { planFolds } from "./fold-plan.ts";
import type { SealedFile } from "./manifest.ts";

const smallMonthRows = 1_000_000;
const today = dayOf(Date.UTC(2026, 10, 20));
const nowMs = today * dayMs + 12 * hourMs;
const lastMonth = monthOf(dayOf(Date.UTC(2026, 9, 1)));

function file(
  range: DayRange,
  rows: number,
  quantities: Record<string, number> = { q: range.firstDay },
): SealedFile {
  const none = {
    readings: "",
    hours: null,
    marks: null,
    tallied: false,
    bytes: 0,
    generation: 1,
    journalTo: 0,
    rewritesTo: 0,
  };
  return { ...none, ...range, rows, quantities };
}

const oneDay = (day: number): DayRange => ({ firstDay: day, lastDay: day });
const unsealed = (day: number, rows = 10) => ({ day, since: 0, rows });
const plan = (facts: Partial<Parameters<typeof planFolds>[0]>) =>
  planFolds({ nowMs, files: [], unsealed: [], retention: new Map(), smallMonthRows, ...facts });

test("a day is sealed an hour after its end, and not before", () => {
  const days = [unsealed(today - 1), unsealed(today), unsealed(today + 1)];
  const halfPast = today * dayMs + hourMs / 2;
  expect(plan({ nowMs: halfPast, unsealed: days })).toEqual([]);
  expect(plan({ unsealed: days })).toEqual([{ takes: [], into: [oneDay(today - 1)] }]);
});

test("a small month that is over becomes one file of its days and all that came late", () => {
  const files = [file(oneDay(lastMonth.firstDay), 1000), file(oneDay(lastMonth.firstDay + 3), 1000)];
  expect(plan({ files, unsealed: [unsealed(lastMonth.firstDay + 9)] })).toEqual([
    { takes: files, into: [lastMonth] },
  ]);
  expect(plan({ files })).toEqual([{ takes: files, into: [lastMonth] }]);
});

test("a month that is one file already rests", () => {
  expect(plan({ files: [file(lastMonth, 1000)] })).toEqual([]);
});

test("a large month stays in days", () => {
  const files = [file(oneDay(lastMonth.firstDay), smallMonthRows), file(oneDay(lastMonth.firstDay + 1), 10)];
  expect(plan({ files })).toEqual([]);
  const days = [unsealed(lastMonth.firstDay + 5), unsealed(lastMonth.firstDay + 7)];
  expect(plan({ files, unsealed: days })).toEqual(
    days.map(({ day }) => ({ takes: [], into: [oneDay(day)] })),
  );
});

test("a month's file that grows large is split into its days", () => {
  const month = file(lastMonth, smallMonthRows);
  const [fold, ...others] = plan({ files: [month], unsealed: [unsealed(lastMonth.firstDay + 5, 50_000)] });
  expect(others).toEqual([]);
  expect(fold!.takes).toEqual([month]);
  expect(fold!.into).toHaveLength(31);
});

test("late readings of sealed days wait for the next day to be sealed", () => {
  const sealed = file(oneDay(today - 3), 100_000);
  const late = unsealed(today - 3, 50);
  expect(plan({ files: [sealed], unsealed: [late] })).toEqual([]);
  expect(plan({ files: [sealed], unsealed: [late, unsealed(today - 1)] })).toEqual([
    { takes: [sealed], into: [oneDay(today - 3)] },
    { takes: [], into: [oneDay(today - 1)] },
  ]);
});

test("very many late readings do not wait", () => {
  const sealed = file(oneDay(today - 3), 100_000);
  expect(plan({ files: [sealed], unsealed: [unsealed(today - 3, 2000)] })).toEqual([
    { takes: [sealed], into: [oneDay(today - 3)] },
  ]);
});

test("a file is written again when one of its quantities has been kept long enough", () => {
  const day = today - 10;
  const sealed = file(oneDay(day), 1000, { short: day, long: day });
  expect(plan({ files: [sealed], retention: new Map([["short", day]]) })).toEqual([]);
  expect(plan({ files: [sealed], retention: new Map([["short", day + 1]]) })).toEqual([
    { takes: [sealed], into: [oneDay(day)] },
  ]);
});

test("hundreds of days of small history become one fold a month", () => {
  const days = Array.from({ length: 365 }, (_, index) => unsealed(dayOf(Date.UTC(2024, 0, 1)) + index, 863));
  const folds = plan({ unsealed: days });
  expect(folds.map(({ into }) => into)).toEqual(
    Array.from({ length: 12 }, (_, month) => [monthOf(dayOf(Date.UTC(2024, month, 15)))]),
  );
});
