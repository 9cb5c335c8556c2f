import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import { type AlertRow, alertOf } from "./alert-row.ts";
import type { AlertEvent, Notification } from "./notifier.ts";
import { migrations } from "./schema.ts";

/** A notification that a courier has taken on. */
export interface Claim extends Notification {
  /** This one included. */
  readonly attempts: number;
  readonly createdAtMs: number;
}

export type DeliveryOutcome =
  | { readonly outcome: "delivered"; readonly detail: string }
  | { readonly outcome: "again"; readonly detail: string; readonly nextTryAtMs: number }
  | { readonly outcome: "failed"; readonly detail: string };

/** One attempt, as it went. */
export interface Delivery {
  readonly notification: string;
  readonly notifier: string;
  readonly alert: string;
  readonly event: AlertEvent;
  readonly attempt: number;
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly outcome: DeliveryOutcome["outcome"];
  /** What the receiver answered, or what went wrong. */
  readonly detail: string;
}

export interface OutboxCount {
  readonly notifier: string;
  readonly waiting: number;
  readonly failed: number;
}

/** Notifications come in with the alert they are about, and leave when they are delivered or given up. */
export interface Outbox {
  /** Takes on up to `most` notifications whose time has come, the most urgent first, each alert's in order. */
  claim(notifier: string, most: number, nowMs: number): Claim[];
  /** Writes down how an attempt went. */
  settle(
    claim: Claim,
    started: { readonly atMs: number; readonly tookMs: number },
    outcome: DeliveryOutcome,
  ): void;
  /** Gives up what waits for notifiers that there are no more. @returns how many */
  giveUpOthers(notifiers: readonly string[], nowMs: number): number;
  /** The attempts for one alert, oldest first. */
  deliveries(alert: string): Delivery[];
  counts(): OutboxCount[];
  /** Calls `listener` when something has come in. Returns the way to stop it. */
  onWaiting(listener: () => void): () => void;
  /** Says that something has come in. */
  announce(): void;
  close(): void;
}

/** Opens the outbox in the file that the watch fills. What was being sent when the process ended waits to be sent again. */
export function openOutbox(file: string): Outbox {
  const db = openSqlite(file, migrations);
  // A power cut may take back the last of these commits: then something is sent again, under the same id. No alert
  // hangs on them, and no fsync holds up the thread on which uplinks arrive.
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("UPDATE outbox SET state = 'waiting' WHERE finished_at_ms IS NULL AND state = 'sending'");

  const supersede = db.prepare(`
    UPDATE outbox AS early SET state = 'superseded', finished_at_ms = :now
    WHERE notifier = :notifier AND finished_at_ms IS NULL AND state = 'waiting' AND event = 'fired' AND EXISTS (
      SELECT 1 FROM outbox late WHERE late.alert = early.alert AND late.notifier = early.notifier AND late.event = 'resolved')`);
  const due = db.prepare(`
    SELECT o.place_in_line, o.id AS notification, o.event, o.attempts, o.created_at_ms, a.*
    FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE o.notifier = :notifier AND o.finished_at_ms IS NULL AND o.state = 'waiting' AND o.next_try_at_ms <= :now AND NOT EXISTS (
      SELECT 1 FROM outbox before WHERE before.alert = o.alert AND before.notifier = o.notifier
        AND before.place_in_line < o.place_in_line AND before.finished_at_ms IS NULL)
    ORDER BY o.urgency, o.place_in_line LIMIT :most`);
  const take = db.prepare(
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE place_in_line = ?",
  );
  const open = db.prepare(`
    SELECT a.* FROM alerts a JOIN outbox o ON o.alert = a.id
    WHERE a.device = :device AND a.state <> 'resolved' AND o.notifier = :notifier AND o.event = 'fired'
    ORDER BY a.fired_at_ms, a.id`);
  const finish = db.prepare(
    "UPDATE outbox SET state = ?, next_try_at_ms = ?, finished_at_ms = ?, problem = ? WHERE id = ?",
  );
  const logDelivery = db.prepare(
    "INSERT INTO deliveries (notification, attempt, started_at_ms, took_ms, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const listeners = new Set<() => void>();

  return {
    claim(notifier, most, nowMs) {
      return transaction(db, () => {
        supersede.run({ notifier, now: nowMs });
        const rows = due.all({ notifier, most, now: nowMs }) as unknown as DueRow[];
        for (const { place_in_line } of rows) take.run(place_in_line);
        return rows.map((row) => ({
          id: row.notification,
          event: row.event,
          attempts: row.attempts + 1,
          createdAtMs: row.created_at_ms,
          alert: alertOf(row),
          openOnDevice: (open.all({ device: row.device, notifier }) as unknown as AlertRow[]).map(alertOf),
        }));
      });
    },
    settle({ id, attempts }, { atMs, tookMs }, result) {
      const state = result.outcome === "again" ? "waiting" : result.outcome;
      const nextTryAtMs = result.outcome === "again" ? result.nextTryAtMs : 0;
      const finishedAtMs = result.outcome === "again" ? null : atMs + tookMs;
      const problem = result.outcome === "delivered" ? null : result.detail;
      transaction(db, () => {
        finish.run(state, nextTryAtMs, finishedAtMs, problem, id);
        logDelivery.run(id, attempts, atMs, tookMs, result.outcome, result.detail);
      });
    },
    giveUpOthers(notifiers, nowMs) {
      const given = db.prepare(`
        UPDATE outbox SET state = 'failed', finished_at_ms = ?, problem = 'there is no notifier of this name any more'
        WHERE finished_at_ms IS NULL AND state = 'waiting' AND notifier NOT IN (SELECT value FROM json_each(?))`);
      return Number(given.run(nowMs, JSON.stringify(notifiers)).changes);
    },
    deliveries: (alert) =>
      db
        .prepare(`
          SELECT d.notification, o.notifier, o.alert, o.event, d.attempt, d.started_at_ms AS startedAtMs,
            d.took_ms AS tookMs, d.outcome, d.detail
          FROM deliveries d JOIN outbox o ON o.id = d.notification WHERE o.alert = ? ORDER BY d.id`)
        .all(alert) as unknown as Delivery[],
    counts: () =>
      db
        .prepare(`
          SELECT notifier, sum(waiting) AS waiting, sum(failed) AS failed FROM (
            SELECT notifier, 1 AS waiting, 0 AS failed FROM outbox WHERE finished_at_ms IS NULL
            UNION ALL SELECT notifier, 0, 1 FROM outbox WHERE state = 'failed')
          GROUP BY notifier`)
        .all() as unknown as OutboxCount[],
    onWaiting(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce() {
      for (const listener of listeners) listener();
    },
    close: () => db.close(),
  };
}

interface DueRow extends AlertRow {
  readonly place_in_line: number;
  readonly notification: string;
  readonly event: AlertEvent;
  readonly attempts: number;
  readonly created_at_ms: number;
}
