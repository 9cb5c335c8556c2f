import { type DateSpan, daysAfter, hourMs, startOfDateMs } from "../../calendar/index.ts";
import type { ReportPeriod } from "./report-period.ts";
import { SnapshotError } from "./snapshot-error.ts";

/** What a snapshot stands on, and why it was made when it was. */
export interface Freeze {
  /**
   * `cut-off`: the first of its period, in time. `late`: the first, but made when the days for what comes late were over.
   * `revision`: a later count, with what came after the cut-off.
   */
  readonly kind: "cut-off" | "late" | "revision";
  /** The days that are counted. */
  readonly span: DateSpan;
  /** The register stands as it was known then. */
  readonly registerAtMs: number;
  /** When its readings were counted: what had not arrived by then is not in it. Absent from older snapshots. */
  readonly countedAtMs?: number;
  /** Why figures are corrected after the days for what comes late; null when they are not. */
  readonly reason: string | null;
}

/**
 * At the cut-off the inputs are frozen: the first snapshot counts the days up to it, with the register as it was known at its
 * end, however many days later it is made. What came after it is in a revision. A first snapshot that nobody made in time
 * stands on what is known when it is made.
 *
 * @param isFirst whether there is no snapshot of the period yet
 * @param reason why figures are corrected, where the days for what comes late are over
 * @throws SnapshotError before the cut-off, and of a correction without its reason
 */
export function freezeOf(
  period: ReportPeriod,
  isFirst: boolean,
  asked: { readonly nowMs: number; readonly reason?: string | undefined },
): Freeze {
  const { nowMs, reason = null } = asked;
  const made = { countedAtMs: nowMs, reason };
  refuseEarly(period, nowMs);
  refuseUnexplained(period, isFirst, asked);
  const toCutOff = { from: period.from, to: period.cutOff };
  // Until the period itself has ended a revision, too, has no more days to count.
  const span = nowMs < endOfMs(period.to) ? toCutOff : { from: period.from, to: period.to };
  if (!isFirst) return { kind: "revision", span, registerAtMs: nowMs, ...made };
  if (isOverFor(period, nowMs)) return { kind: "late", span, registerAtMs: nowMs, ...made };
  return { kind: "cut-off", span: toCutOff, registerAtMs: lastMsOf(period.cutOff), ...made };
}

/** @throws SnapshotError when the cut-off day has not ended */
export function refuseEarly({ name, cutOff }: ReportPeriod, nowMs: number): void {
  if (nowMs >= endOfMs(cutOff)) return;
  throw new SnapshotError(
    "before-cut-off",
    `the figures of ${name} close with the end of ${cutOff}: a snapshot can be proposed after that day; until then, count`,
  );
}

/**
 * How long after the cut-off its readings were counted, in whole hours: what arrived in that time is in it, since the hours
 * that a count reads do not say when each reading arrived. 0 within the hour, and where it is not known.
 */
export function hoursLate({ countedAtMs }: Freeze, { cutOff }: Pick<ReportPeriod, "cutOff">): number {
  return countedAtMs === undefined ? 0 : Math.max(0, Math.floor((countedAtMs - endOfMs(cutOff)) / hourMs));
}

/** The last moment of the department's cut-off day: the register is frozen as it was known then. */
export function lastMsOf(date: string): number {
  return endOfMs(date) - 1;
}

function refuseUnexplained(
  period: ReportPeriod,
  isFirst: boolean,
  { nowMs, reason }: { readonly nowMs: number; readonly reason?: string | undefined },
): void {
  if (isFirst || !isOverFor(period, nowMs) || (reason ?? "").trim() !== "") return;
  const { name, lateUntil } = period;
  throw new SnapshotError(
    "reason-needed",
    `what came late for ${name} was taken in until ${lateUntil}: a correction after that day must say its reason`,
  );
}

function isOverFor({ lateUntil }: ReportPeriod, nowMs: number): boolean {
  return nowMs >= endOfMs(lateUntil);
}

function endOfMs(date: string): number {
  return startOfDateMs(daysAfter(date, 1));
}
