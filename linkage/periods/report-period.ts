import { daysAfter } from "../dates/local-date.ts";

/** `2026-Q1` or `2026`. */
export type PeriodName = string;

/** A reporting period of state agencies (Nghị định 09/2019/NĐ-CP, Thông tư 09/2019/TT-NHNN): it closes on the 14th. */
export interface ReportPeriod {
  readonly name: PeriodName;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
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
export function reportPeriod(name: PeriodName): ReportPeriod | undefined {
  const found = /^(\d{4})(?:-Q([1-4]))?$/.exec(name);
  if (found === null) return undefined;
  const year = Number(found[1]);
  const [start, end] =
    found[2] === undefined ? (["12-15", "12-14"] as const) : quarters[Number(found[2]) - 1]!;
  const from = `${start === "12-15" ? year - 1 : year}-${start}`;
  const to = `${year}-${end}`;
  return { name, from, to, dueBefore: daysAfter(to, 1), lateUntil: daysAfter(to, lateDays) };
}

/** The last quarter that has closed on a day: it closes with the end of the 14th. */
export function lastClosedQuarter(on: string): ReportPeriod {
  const year = Number(on.slice(0, 4));
  const names = [year - 1, year].flatMap((y) => [1, 2, 3, 4].map((quarter) => `${y}-Q${quarter}`));
  return names.map((name) => reportPeriod(name)!).findLast(({ to }) => to < on)!;
}
