import type { Reading } from "../../../devices/index.ts";
import { type DatabaseSync, transaction } from "../../../sqlite/open-sqlite.ts";
import type { ReadingKey } from "../reading-store.ts";
import { type RefusalReason, refusalReasonOf } from "./refusal-reasons.ts";

/** A reading that InfluxDB would not take, with its words for it. */
export interface Refusal extends Reading {
  readonly words: string;
  readonly refusedAtMs: number;
}

export interface RefusedReading extends Refusal {
  readonly reason: RefusalReason;
}

/** Which of the refused readings. */
export interface RefusedQuery {
  readonly device?: string | undefined;
  readonly reason?: string | undefined;
  readonly limit: number;
}

/** Readings that a database refused for good. Each stands here once, as it was refused last. */
export interface RefusedReadings {
  /** Part of the caller's transaction. */
  keep(refused: readonly Refusal[]): void;
  /** These are stored after all, or were removed. */
  forgive(keys: readonly ReadingKey[]): void;
  /** Newest first. */
  list(query: RefusedQuery): RefusedReading[];
  /** Reasons without any are absent. */
  byReason(device?: string): Partial<Record<RefusalReason, number>>;
  /** When the newest was refused; null when none is kept. */
  lastAtMs(): number | null;
}

/** Beyond it the oldest go: their uplinks are in the journal. */
const mostRefused = 100_000;

export function refusedReadings(db: DatabaseSync, target: string): RefusedReadings {
  const keep = db.prepare("INSERT OR REPLACE INTO refused VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const cut = db.prepare("DELETE FROM refused WHERE number <= (SELECT max(number) FROM refused) - ?");
  const any = db.prepare("SELECT 1 FROM refused WHERE target = ? LIMIT 1");
  const forgive = db.prepare(
    "DELETE FROM refused WHERE target = ? AND device = ? AND quantity = ? AND measured_at_ms = ?",
  );
  const list = db.prepare(`
    SELECT device, quantity, measured_at_ms AS measuredAtMs, received_at_ms AS receivedAtMs, value, live,
      words, reason, refused_at_ms AS refusedAtMs
    FROM refused WHERE target = ?1 AND (?2 IS NULL OR device = ?2) AND (?3 IS NULL OR reason = ?3)
    ORDER BY number DESC LIMIT ?4`);
  const byReason = db.prepare(`
    SELECT reason, count(*) AS readings FROM refused
    WHERE target = ?1 AND (?2 IS NULL OR device = ?2) GROUP BY reason`);
  const last = db.prepare("SELECT max(refused_at_ms) AS atMs FROM refused WHERE target = ?");

  return {
    keep(refused) {
      for (const one of refused) {
        const { device, quantity, measuredAtMs, receivedAtMs, value, live, words, refusedAtMs } = one;
        const numbers = [measuredAtMs, receivedAtMs, value, Number(live)];
        keep.run(target, device, quantity, ...numbers, words, refusedAtMs, refusalReasonOf(words));
      }
      if (refused.length > 0) cut.run(mostRefused);
    },
    forgive(keys) {
      if (any.get(target) === undefined) return;
      transaction(db, () => {
        for (const { device, quantity, measuredAtMs } of keys)
          forgive.run(target, device, quantity, measuredAtMs);
      });
    },
    list: ({ device, reason, limit }) =>
      list
        .all(target, device ?? null, reason ?? null, limit)
        .map((row) => ({ ...row, live: row.live === 1 }) as unknown as RefusedReading),
    byReason: (device) =>
      Object.fromEntries(
        byReason.all(target, device ?? null).map(({ reason, readings }) => [reason, readings as number]),
      ),
    lastAtMs: () => (last.get(target)?.atMs as number | null | undefined) ?? null,
  };
}
