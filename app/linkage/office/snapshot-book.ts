import { existsSync } from "node:fs";
import {
  type Freeze,
  type Draft as FrozenDraft,
  freezeOf,
  hoursLate,
  openSnapshots,
  planOf,
  type ReportPeriod,
  reportedCounts,
  reportPeriod,
  type SnapshotBody,
  SnapshotError,
  type Snapshots,
  snapshotDifference,
} from "../../../linkage/index.ts";
import { LinkageProblem } from "../../http/linkage-office.ts";
import type { Difference, Draft, Snapshot, Verification } from "../../http/linkage-shapes.ts";
import { resultRow } from "./score.ts";

/** The snapshots as people see them. What cannot be done is a LinkageProblem. */
export interface SnapshotBook {
  /** Newest first. */
  all(): Snapshot[];
  /** What was frozen and nobody has proposed yet, newest first. */
  drafts(): Draft[];
  /** Whether anything of the period was frozen, proposed or not. */
  isFrozen(plan: string, period: string): boolean;
  keepDraft(body: SnapshotBody, nowMs: number): Draft;
  /** Makes the first snapshot of its period of what was frozen at the cut-off. */
  proposeDraft(draft: Pick<Draft, "plan" | "period">, by: string, nowMs: number): Snapshot;
  /**
   * What the next snapshot of a period stands on.
   * @throws LinkageProblem before the cut-off, and of a late correction without its reason
   */
  freeze(
    plan: string,
    period: ReportPeriod,
    asked: { readonly nowMs: number; readonly reason: string | undefined },
  ): Freeze;
  propose(body: SnapshotBody, by: string, nowMs: number): Snapshot;
  confirm(id: number, by: string, nowMs: number): Snapshot;
  verify(id: number): Verification;
  /** To the revision before it. */
  difference(id: number): Difference;
  body(id: number): SnapshotBody;
  /** For reports: the snapshot with those that it is compared to. */
  reported(id: number): ReturnType<typeof reportedCounts>;
  close(): void;
}

/** @param file is made with the first proposal */
export function createSnapshotBook(file: string): SnapshotBook {
  let opened: Snapshots | null = null;
  /** Bodies never change and are large: what the list shows of them is read once. */
  const shown = new Map<number, Pick<Snapshot, "rule" | "results">>();
  const shownDrafts = new Map<string, Draft>();
  const open = () => {
    opened ??= openSnapshots(file);
    return opened;
  };
  const isMade = () => opened !== null || existsSync(file);
  const kept = () => (isMade() ? open().all() : []);

  function shownOf(id: number): Pick<Snapshot, "rule" | "results"> {
    const known = shown.get(id);
    if (known !== undefined) return known;
    const { evidence, indicators } = open().body(id);
    const fresh = { rule: evidence.rule, results: indicators.map(resultRow) };
    shown.set(id, fresh);
    return fresh;
  }

  function shownDraft({ hash, ...draft }: FrozenDraft): Draft {
    const known = shownDrafts.get(hash);
    if (known !== undefined) return known;
    const { plan, period, frozenAtMs } = draft;
    const { evidence, indicators, frozen } = open().draftBody(plan, period);
    const { from, to } = evidence.period;
    const late = hoursLate(frozen!, reportPeriod(period, planOf(plan)?.calendar)!);
    const results = indicators.map(resultRow);
    const fresh = {
      ...{ plan, period, hash, frozenAtMs, from, to },
      ...{ hoursLate: late, rule: evidence.rule, results },
    };
    shownDrafts.set(hash, fresh);
    return fresh;
  }

  const all = () => {
    const list = kept();
    const isNewest = ({ plan, period, revision }: (typeof list)[number]) =>
      !list.some((one) => one.plan === plan && one.period === period && one.revision > revision);
    return list.map((one) => ({
      ...one,
      planName: planOf(one.plan)?.name ?? one.plan,
      newest: isNewest(one),
      ...shownOf(one.id),
    }));
  };
  const one = (id: number): Snapshot => {
    const found = all().find((snapshot) => snapshot.id === id);
    if (found === undefined) throw new LinkageProblem("not-found", `There is no snapshot ${id}.`);
    return found;
  };

  return {
    all,
    drafts: () => (isMade() ? open().drafts().map(shownDraft) : []),
    isFrozen: (plan, period) =>
      [...kept(), ...(isMade() ? open().drafts() : [])].some(
        (one) => one.plan === plan && one.period === period,
      ),
    keepDraft: (body, nowMs) => shownDraft(orRefused(() => open().keepDraft(body, nowMs))),
    proposeDraft: ({ plan, period }, by, nowMs) =>
      one(orRefused(() => open().proposeDraft(plan, period, by, nowMs)).id),
    freeze(plan, { name, ...period }, asked) {
      const isFirst = !kept().some((one) => one.plan === plan && one.period === name);
      return orRefused(() => freezeOf({ name, ...period }, isFirst, asked));
    },
    reported(id) {
      one(id);
      return reportedCounts(open(), id);
    },
    propose: (body, by, nowMs) => one(orRefused(() => open().propose(body, by, nowMs)).id),
    confirm(id, by, nowMs) {
      one(id);
      orRefused(() => open().confirm(id, by, nowMs));
      return one(id);
    },
    verify(id) {
      one(id);
      return open().verify(id);
    },
    body(id) {
      one(id);
      return open().body(id);
    },
    difference(id) {
      const { plan, period, revision } = one(id);
      const before = all().find(
        (other) => other.plan === plan && other.period === period && other.revision === revision - 1,
      );
      if (before === undefined)
        return { before: null, ruleChanged: false, records: [], verdicts: [], indicators: [] };
      const changed = snapshotDifference(open().body(before.id), open().body(id));
      return structuredClone({ before: before.id, ...changed }) as Difference;
    },
    close: () => opened?.close(),
  };
}

function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SnapshotError) throw new LinkageProblem("refused", error.message, error.code);
    throw error;
  }
}
