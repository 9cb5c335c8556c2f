import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import { planOf } from "../indicators/plans.ts";
import { Id } from "../registry/fields.ts";
import { createDrafts, type Draft, draftsTable } from "./drafts.ts";
import { refuseEarly } from "./freeze.ts";
import { neverRewritten } from "./never-rewritten.ts";
import { reportPeriod } from "./report-period.ts";
import { figuresOf, hashOf, type SnapshotBody } from "./snapshot-body.ts";
import { SnapshotError } from "./snapshot-error.ts";

export interface Snapshot {
  readonly id: number;
  readonly plan: string;
  readonly period: string;
  /** 1 for the first of its plan and period. */
  readonly revision: number;
  /** SHA-256 of the body as it is kept, hexadecimal. */
  readonly hash: string;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly confirmedBy: string | null;
  readonly confirmedAtMs: number | null;
}

/**
 * What was proposed is never rewritten: a later count is another revision, and whoever proposed a snapshot cannot confirm it.
 */
export interface Snapshots {
  /**
   * @param by id of a person
   * @throws SnapshotError before the cut-off, when nothing has changed since the newest revision, and for a first snapshot
   * when the period was frozen already: then its draft is proposed
   */
  propose(body: SnapshotBody, by: string, nowMs: number): Snapshot;
  /**
   * Keeps what the program froze at the cut-off until a person proposes it.
   * @throws SnapshotError before the cut-off, and when the period has a draft or a snapshot
   */
  keepDraft(body: SnapshotBody, nowMs: number): Draft;
  /** What nobody has proposed yet, newest first. */
  drafts(): Draft[];
  /** @throws SnapshotError when there is none, or it is not what was frozen */
  draftBody(plan: string, period: string): SnapshotBody;
  /**
   * Makes the draft the first snapshot of its period, as it was frozen.
   * @throws SnapshotError when there is none, it is not what was frozen, or `by` is nobody
   */
  proposeDraft(plan: string, period: string, by: string, nowMs: number): Snapshot;
  /** @throws SnapshotError when it is not there, is confirmed already, a newer revision exists, or the two people are one */
  confirm(id: number, by: string, nowMs: number): Snapshot;
  snapshot(id: number): Snapshot | undefined;
  /** Newest first. */
  all(): Snapshot[];
  /** @throws SnapshotError when there is none */
  body(id: number): SnapshotBody;
  /** Whether what is kept still has the hash that was kept beside it. */
  verify(id: number): { readonly ok: boolean; readonly kept: string; readonly found: string };
  close(): void;
}

const migrations = [
  `
  CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL,
    period TEXT NOT NULL,
    revision INTEGER NOT NULL,
    hash TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (plan, period, revision)
  ) STRICT;
  CREATE TABLE confirmations (
    snapshot INTEGER PRIMARY KEY REFERENCES snapshots (id),
    confirmed_by TEXT NOT NULL,
    confirmed_at_ms INTEGER NOT NULL
  ) STRICT;
  ${neverRewritten("snapshots")}
  ${neverRewritten("confirmations")}
  `,
  draftsTable,
];

export function openSnapshots(file: string): Snapshots {
  const db = openSqlite(file, migrations);
  const columns = `
    SELECT id, plan, period, revision, hash, proposed_by AS proposedBy, proposed_at_ms AS proposedAtMs,
      confirmed_by AS confirmedBy, confirmed_at_ms AS confirmedAtMs
    FROM snapshots LEFT JOIN confirmations ON snapshot = id`;
  const one = db.prepare(`${columns} WHERE id = ?`);
  const newest = db.prepare(`${columns} WHERE plan = ? AND period = ? ORDER BY revision DESC LIMIT 1`);
  const list = db.prepare(`${columns} ORDER BY id DESC`);
  const kept = db.prepare("SELECT body FROM snapshots WHERE id = ?");
  const add = db.prepare(
    "INSERT INTO snapshots (plan, period, revision, hash, proposed_by, proposed_at_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const addConfirmation = db.prepare("INSERT INTO confirmations VALUES (?, ?, ?)");

  const drafts = createDrafts(db);

  const snapshot = (id: number) => asSnapshot(one.get(id));
  const newestOf = (plan: string, period: string) => asSnapshot(newest.get(plan, period));
  const there = (id: number): Snapshot => {
    const found = snapshot(id);
    if (found !== undefined) return found;
    throw new SnapshotError("no-snapshot", `there is no snapshot ${id}: see the list`);
  };
  const textOf = (id: number) => (kept.get(there(id).id) as { body: string }).body;

  function keep({ plan, period }: SnapshotBody, text: string, by: string, nowMs: number): Snapshot {
    const revision = (newestOf(plan, period)?.revision ?? 0) + 1;
    const { lastInsertRowid } = add.run(plan, period, revision, hashOf(text), by, nowMs, text);
    return snapshot(Number(lastInsertRowid))!;
  }

  return {
    snapshot,
    all: () => list.all().map((row) => asSnapshot(row)!),
    body: (id) => JSON.parse(textOf(id)) as SnapshotBody,
    verify: (id) => {
      const keptHash = there(id).hash;
      const found = hashOf(textOf(id));
      return { ok: keptHash === found, kept: keptHash, found };
    },
    propose: (body, by, nowMs) =>
      transaction(db, () => {
        const text = JSON.stringify(body);
        const before = newestOf(body.plan, body.period);
        refuseNobody(by);
        if (before !== undefined) refuseUnchanged(before, textOf(before.id), text);
        else refuseFrozen(body, drafts.of(body.plan, body.period));
        refuseBeforeCutOff(body, nowMs);
        return keep(body, text, by, nowMs);
      }),
    keepDraft: (body, nowMs) =>
      transaction(db, () => {
        const { plan, period } = body;
        refuseFrozen(body, newestOf(plan, period) ?? drafts.of(plan, period));
        refuseBeforeCutOff(body, nowMs);
        return drafts.add(body, JSON.stringify(body), nowMs);
      }),
    drafts: drafts.waiting,
    draftBody: (plan, period) => JSON.parse(drafts.text(plan, period)) as SnapshotBody,
    proposeDraft: (plan, period, by, nowMs) =>
      transaction(db, () => {
        const text = drafts.text(plan, period);
        refuseNobody(by);
        refuseFrozen({ plan, period }, newestOf(plan, period));
        return keep(JSON.parse(text) as SnapshotBody, text, by, nowMs);
      }),
    confirm: (id, by, nowMs) =>
      transaction(db, () => {
        const found = there(id);
        refuseNobody(by);
        refuseConfirmation(found, by, newestOf(found.plan, found.period)!);
        addConfirmation.run(id, by, nowMs);
        return snapshot(id)!;
      }),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

/** Two spellings must not make two people of one. */
function refuseNobody(by: string): void {
  const checked = Id.safeParse(by);
  if (checked.success) return;
  const rule = checked.error.issues[0]!.message;
  throw new SnapshotError("no-person", `"${by}" is no id of a person: it ${rule}`);
}

function refuseUnchanged({ id, revision }: Snapshot, before: string, after: string): void {
  if (figuresOf(before) !== figuresOf(after)) return;
  throw new SnapshotError(
    "nothing-changed",
    `nothing has changed since snapshot ${id} (revision ${revision})`,
  );
}

/** @param already the draft or snapshot that there must not be */
function refuseFrozen(
  { plan, period }: Pick<SnapshotBody, "plan" | "period">,
  already: Draft | Snapshot | undefined,
): void {
  if (already === undefined) return;
  const message = `the figures of ${plan} ${period} were frozen already: propose what was frozen, or a revision of it`;
  throw new SnapshotError("frozen-already", message);
}

function refuseBeforeCutOff(body: SnapshotBody, nowMs: number): void {
  const period = reportPeriod(body.period, planOf(body.plan)?.calendar);
  if (period === undefined)
    throw new SnapshotError("no-period", `"${body.period}" is no period: 2026-Q1 to 2026-Q4, or 2026`);
  refuseEarly(period, nowMs);
}

function refuseConfirmation({ id, proposedBy, confirmedBy }: Snapshot, by: string, newest: Snapshot): void {
  if (confirmedBy !== null)
    throw new SnapshotError("confirmed-already", `snapshot ${id} was confirmed by ${confirmedBy} already`);
  if (newest.id !== id)
    throw new SnapshotError(
      "newer-revision",
      `snapshot ${id} was revised: revision ${newest.revision} is snapshot ${newest.id}`,
    );
  if (proposedBy === by)
    throw new SnapshotError("same-person", `${by} proposed snapshot ${id}: another person must confirm it`);
}

function asSnapshot(row: unknown): Snapshot | undefined {
  return row === undefined ? undefined : { ...(row as Snapshot) };
}
