import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { neverRewritten } from "./never-rewritten.ts";
import { hashOf, type SnapshotBody } from "./snapshot-body.ts";
import { SnapshotError } from "./snapshot-error.ts";

/** A count that the program froze at the cut-off, and for which no person has answered yet. */
export interface Draft {
  readonly plan: string;
  readonly period: string;
  /** SHA-256 of the body as it is kept; the snapshot that a person makes of it has the same. */
  readonly hash: string;
  readonly frozenAtMs: number;
}

export const draftsTable = `
  CREATE TABLE drafts (
    plan TEXT NOT NULL,
    period TEXT NOT NULL,
    hash TEXT NOT NULL,
    frozen_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (plan, period)
  ) STRICT;
  ${neverRewritten("drafts")}
  `;

/** The drafts beside the snapshots; one stays when it has become a snapshot, and is then no draft any more. */
export function createDrafts(db: DatabaseSync) {
  const columns = "SELECT plan, period, hash, frozen_at_ms AS frozenAtMs FROM drafts";
  const waiting = `${columns} WHERE NOT EXISTS (
    SELECT 1 FROM snapshots WHERE snapshots.plan = drafts.plan AND snapshots.period = drafts.period)`;
  const list = db.prepare(`${waiting} ORDER BY frozen_at_ms DESC, period DESC`);
  const one = db.prepare(`${columns} WHERE plan = ? AND period = ?`);
  const kept = db.prepare("SELECT hash, body FROM drafts WHERE plan = ? AND period = ?");
  const add = db.prepare("INSERT INTO drafts VALUES (?, ?, ?, ?, ?)");

  return {
    of: (plan: string, period: string) => one.get(plan, period) as Draft | undefined,
    waiting: () => list.all().map((row) => ({ ...(row as unknown as Draft) })),
    add({ plan, period }: SnapshotBody, text: string, nowMs: number): Draft {
      const draft = { plan, period, hash: hashOf(text), frozenAtMs: nowMs };
      add.run(plan, period, draft.hash, nowMs, text);
      return draft;
    },
    /** @throws SnapshotError when there is none, or it is not what was frozen */
    text(plan: string, period: string): string {
      const row = kept.get(plan, period) as { hash: string; body: string } | undefined;
      if (row === undefined)
        throw new SnapshotError("no-draft", `nothing of ${period} was frozen for ${plan}: see the list`);
      const found = hashOf(row.body);
      if (found !== row.hash)
        throw new SnapshotError(
          "tampered",
          `the draft of ${period} was tampered with: SHA-256 ${found}, frozen was ${row.hash}`,
        );
      return row.body;
    },
  };
}
