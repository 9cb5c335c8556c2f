import { daysAfter } from "../../calendar/index.ts";

/** `2026-Q1` or `2026`. */
export type PeriodName = string;

/** What a department sets itself within the periods of the law: days of the last month of a period. */
export interface ReportCalendar {
  /** With the end of this day the figures are frozen; 1 to 14. */
  readonly cutOffDay: number;
  /** The report must be there before this day. */
  readonly dueBeforeDay: number;
}

/** What holds where a plan sets nothing of its own: figures close with the period, and are due the day after. */
export const lawfulCalendar: ReportCalendar = { cutOffDay: 14, dueBeforeDay: 15 };

/** A reporting period of state agencies (Nghị định 09/2019/NĐ-CP, Thông tư 09/2019/TT-NHNN): it closes on the 14th. */
export interface ReportPeriod {
  readonly name: PeriodName;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  /** The last day that the first snapshot counts; at most `to`. */
  readonly cutOff: string;
  /** The report must be there before this day. */
  readonly dueBefore: string;
  /** Until this day what came late is taken into a revised snapshot. */
  readonly lateUntil: string;
}

const lateDays = 10;
/** The month and day on which each quarter closes, and the one after which it began. */
const quarters = [
  ["12-15", "03-14"],
  ["03-15", "06-14"],
  ["06-15", "09-14"],
  ["09-15", "12-14"],
] as const;

/**
 * @param name `2026-Q1` … `2026-Q4`, or `2026` for the year
 * @returns undefined when it is neither
 */
export function reportPeriod(name: PeriodName, calendar = lawfulCalendar): ReportPeriod | undefined {
  const found = /^(\d{4})(?:-Q([1-4]))?$/.exec(name);
  if (found === null) return undefined;
  const year = Number(found[1]);
  const [start, end] =
    found[2] === undefined ? (["12-15", "12-14"] as const) : quarters[Number(found[2]) - 1]!;
  const from = `${start === "12-15" ? year - 1 : year}-${start}`;
  const to = `${year}-${end}`;
  const dayOfLastMonth = (day: number) => `${to.slice(0, 8)}${String(day).padStart(2, "0")}`;
  const cutOff = dayOfLastMonth(calendar.cutOffDay);
  const dueBefore = dayOfLastMonth(calendar.dueBeforeDay);
  return { name, from, to, cutOff, dueBefore, lateUntil: daysAfter(cutOff, lateDays) };
}

/** Quarters and years whose figures were closed on a day and since the same day of the year before, oldest first. */
export function closedWithinYear(on: string, calendar = lawfulCalendar): readonly ReportPeriod[] {
  const year = Number(on.slice(0, 4));
  const names = [year - 1, year].flatMap((y) => [
    ...[1, 2, 3, 4].map((quarter) => `${y}-Q${quarter}`),
    `${y}`,
  ]);
  const yearBefore = daysAfter(on, -365);
  return names
    .map((name) => reportPeriod(name, calendar)!)
    .filter(({ cutOff }) => yearBefore <= cutOff && cutOff < on);
}

/** The last quarter whose figures are closed on a day: they close with the end of the cut-off day. */
export function lastClosedQuarter(on: string, calendar = lawfulCalendar): ReportPeriod {
  return closedWithinYear(on, calendar).findLast(({ name }) => name.includes("-Q"))!;
}

/** The quarter or year before: `2026-Q1` comes after `2025-Q4`. */
export function previousPeriod(name: PeriodName): PeriodName {
  const [year, quarter] = name.split("-Q").map(Number) as [number, number | undefined];
  if (quarter === undefined) return String(year - 1);
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`;
}
