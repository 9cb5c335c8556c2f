import { createHash } from "node:crypto";
import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { EvidenceCount } from "../evidence/count-evidence.ts";
import type { CountingRule } from "../evidence/counting-rule.ts";
import type { AmountResult } from "../indicators/count-amounts.ts";
import type { IndicatorResult } from "../indicators/count-indicators.ts";
import { planOf } from "../indicators/plans.ts";
import { Id } from "../registry/fields.ts";
import type { RegisterContents } from "../registry/record-kinds.ts";
import { type Freeze, refuseEarly } from "./freeze.ts";
import { reportPeriod } from "./report-period.ts";
import { SnapshotError } from "./snapshot-error.ts";

/** Everything a count stood on, and what came out: enough to follow each number years later. */
export interface SnapshotBody {
  readonly plan: string;
  readonly period: string;
  readonly rule: CountingRule;
  readonly register: RegisterContents;
  readonly evidence: EvidenceCount;
  readonly indicators: readonly IndicatorResult[];
  /** Absent from snapshots that are older than these targets. */
  readonly amounts?: readonly AmountResult[];
  /** When and why it was frozen; absent where whoever counted did not say. */
  readonly frozen?: Freeze;
}

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
   * @throws SnapshotError before the cut-off, and when nothing has changed since the newest revision
   */
  propose(body: SnapshotBody, by: string, nowMs: number): Snapshot;
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
  ${["snapshots", "confirmations"]
    .flatMap((table) =>
      ["UPDATE", "DELETE"].map(
        (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
    BEGIN SELECT RAISE(ABORT, 'what was reported is never rewritten'); END;`,
      ),
    )
    .join("\n  ")}
  `,
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

  const snapshot = (id: number) => asSnapshot(one.get(id));
  const newestOf = (plan: string, period: string) => asSnapshot(newest.get(plan, period));
  const textOf = (id: number): string => {
    const row = kept.get(id) as { body: string } | undefined;
    if (row === undefined) throw new SnapshotError(`there is no snapshot ${id}: see the list`);
    return row.body;
  };

  return {
    snapshot,
    all: () => list.all().map((row) => asSnapshot(row)!),
    body: (id) => JSON.parse(textOf(id)) as SnapshotBody,
    verify: (id) => {
      const text = textOf(id);
      const keptHash = snapshot(id)!.hash;
      const found = hashOf(text);
      return { ok: keptHash === found, kept: keptHash, found };
    },
    propose: (body, by, nowMs) =>
      transaction(db, () => {
        const text = JSON.stringify(body);
        const hash = hashOf(text);
        const before = newestOf(body.plan, body.period);
        refuseNobody(by);
        if (before !== undefined && figuresOf(textOf(before.id)) === figuresOf(text))
          throw new SnapshotError(
            `nothing has changed since snapshot ${before.id} (revision ${before.revision})`,
          );
        refuseBeforeCutOff(body, nowMs);
        const revision = (before?.revision ?? 0) + 1;
        const { lastInsertRowid } = add.run(body.plan, body.period, revision, hash, by, nowMs, text);
        return snapshot(Number(lastInsertRowid))!;
      }),
    confirm: (id, by, nowMs) =>
      transaction(db, () => {
        const found = snapshot(id);
        if (found === undefined) throw new SnapshotError(`there is no snapshot ${id}: see the list`);
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
  if (!checked.success)
    throw new SnapshotError(`"${by}" is no id of a person: it ${checked.error.issues[0]!.message}`);
}

function refuseBeforeCutOff(body: SnapshotBody, nowMs: number): void {
  const period = reportPeriod(body.period, planOf(body.plan)?.calendar);
  if (period === undefined)
    throw new SnapshotError(`"${body.period}" is no period: 2026-Q1 to 2026-Q4, or 2026`);
  refuseEarly(period, nowMs);
}

function refuseConfirmation({ id, proposedBy, confirmedBy }: Snapshot, by: string, newest: Snapshot): void {
  if (confirmedBy !== null) throw new SnapshotError(`snapshot ${id} was confirmed by ${confirmedBy} already`);
  if (newest.id !== id)
    throw new SnapshotError(
      `snapshot ${id} was revised: revision ${newest.revision} is snapshot ${newest.id}`,
    );
  if (proposedBy === by)
    throw new SnapshotError(`${by} proposed snapshot ${id}: another person must confirm it`);
}

function asSnapshot(row: unknown): Snapshot | undefined {
  return row === undefined ? undefined : { ...(row as Snapshot) };
}

/** All but when and why they were frozen: each revision is frozen at another moment. */
function figuresOf(text: string): string {
  const { frozen: _, ...figures } = JSON.parse(text) as SnapshotBody;
  return JSON.stringify(figures);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
