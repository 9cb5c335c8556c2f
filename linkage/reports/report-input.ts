import type { ProvincePlan } from "../indicators/province-plan.ts";
import type { Snapshot, Snapshots } from "../periods/open-snapshots.ts";
import { previousPeriod } from "../periods/report-period.ts";
import type { SnapshotBody } from "../periods/snapshot-body.ts";
import type { UnitBook } from "../units/unit-book.ts";
import type { ReportLanguage } from "./report.ts";

/** One frozen snapshot and what it holds. */
export interface ReportedCount {
  readonly snapshot: Snapshot;
  readonly body: SnapshotBody;
}

/** What the clerk's office adds: null where room is left for it. */
export interface ReportPaper {
  /** `15`, of `15/BC-SNNMT`. */
  readonly number: string | null;
  /** `2026-09-14`. */
  readonly date: string | null;
  readonly signer: string | null;
  /** A deputy signs for the head. */
  readonly deputy: boolean;
}

export interface ReportInput {
  readonly count: ReportedCount;
  /** What was reported of the period before; null when nothing was. */
  readonly previous: ReportedCount | null;
  /** The revision before this one, of the same period. */
  readonly revised: ReportedCount | null;
  readonly plan: ProvincePlan;
  readonly units: UnitBook;
  readonly language: ReportLanguage;
  readonly paper: ReportPaper;
}

/**
 * A snapshot with the ones that its report compares it to.
 *
 * @throws SnapshotError when there is no such snapshot
 */
export function reportedCounts(
  snapshots: Pick<Snapshots, "all" | "body">,
  id: number,
): Pick<ReportInput, "count" | "previous" | "revised"> {
  const body = snapshots.body(id);
  const all = snapshots.all().filter(({ plan }) => plan === body.plan);
  const snapshot = all.find((one) => one.id === id)!;
  const held = (found: Snapshot | undefined) =>
    found === undefined ? null : { snapshot: found, body: snapshots.body(found.id) };
  const before = previousPeriod(body.period);
  // Only what two people stood for was ever reported; the newest revision holds.
  const reported = all
    .filter(({ period, confirmedBy }) => period === before && confirmedBy !== null)
    .toSorted((a, b) => b.revision - a.revision);
  return {
    count: { snapshot, body },
    previous: held(reported[0]),
    revised: held(
      all.find(({ period, revision }) => period === body.period && revision === snapshot.revision - 1),
    ),
  };
}
