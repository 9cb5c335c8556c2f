import { type DateSpan, daysAfter, startOfDateMs } from "../dates/local-date.ts";
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
  refuseEarly(period, nowMs);
  refuseUnexplained(period, isFirst, asked);
  const toCutOff = { from: period.from, to: period.cutOff };
  // Until the period itself has ended a revision, too, has no more days to count.
  const span = nowMs < endOfMs(period.to) ? toCutOff : { from: period.from, to: period.to };
  if (!isFirst) return { kind: "revision", span, registerAtMs: nowMs, reason };
  if (isOverFor(period, nowMs)) return { kind: "late", span, registerAtMs: nowMs, reason };
  return { kind: "cut-off", span: toCutOff, registerAtMs: endOfMs(period.cutOff) - 1, reason };
}

/** @throws SnapshotError when the cut-off day has not ended */
export function refuseEarly({ name, cutOff }: ReportPeriod, nowMs: number): void {
  if (nowMs >= endOfMs(cutOff)) return;
  throw new SnapshotError(
    `the figures of ${name} close with the end of ${cutOff}: a snapshot can be proposed after that day; until then, count`,
  );
}

function refuseUnexplained(
  period: ReportPeriod,
  isFirst: boolean,
  { nowMs, reason }: { readonly nowMs: number; readonly reason?: string | undefined },
): void {
  if (isFirst || !isOverFor(period, nowMs) || (reason ?? "").trim() !== "") return;
  throw new SnapshotError(
    `what came late for ${period.name} was taken in until ${period.lateUntil}: a correction after that day must say its reason`,
  );
}

function isOverFor({ lateUntil }: ReportPeriod, nowMs: number): boolean {
  return nowMs >= endOfMs(lateUntil);
}

function endOfMs(date: string): number {
  return startOfDateMs(daysAfter(date, 1));
}
