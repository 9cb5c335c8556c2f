import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { AlertStep } from "./alert-step.ts";
import type { AlertEvent } from "./notifier.ts";
import { migrations } from "./schema.ts";

/** What a person was told, or is to be told yet. */
export interface PersonalMessage {
  readonly alert: string;
  readonly event: AlertEvent;
  readonly notifier: string;
  readonly createdAtMs: number;
  readonly state: "waiting" | "sending" | "delivered" | "failed" | "superseded" | "withheld";
  readonly finishedAtMs: number | null;
  readonly problem: string | null;
}

/** What a person did about an alert. */
export interface PersonalAction extends Pick<AlertStep, "atMs" | "what" | "detail"> {
  readonly alert: string;
}

/** Where a person stands in alerts, histories, messages and the delivery log. */
export interface PersonRecords {
  /** Newest first. */
  messagesTo(person: string, limit: number): PersonalMessage[];
  /** Oldest first. */
  actionsOf(person: string): PersonalAction[];
  /**
   * Puts a pseudonym in their place: what happened stays. Messages that still wait for them are never sent.
   * @returns whether they stood anywhere
   */
  forget(person: string, pseudonym: string, nowMs: number): boolean;
}

export function personRecordsIn(db: DatabaseSync): PersonRecords {
  const messages = db.prepare(`
    SELECT alert, event, notifier, created_at_ms AS createdAtMs, state, finished_at_ms AS finishedAtMs, problem
    FROM outbox WHERE person = ? ORDER BY created_at_ms DESC, place_in_line DESC LIMIT ?`);
  const actions = db.prepare(
    "SELECT alert, at_ms AS atMs, what, detail FROM steps WHERE who = ? ORDER BY at_ms",
  );
  const callOff = db.prepare(`
    UPDATE outbox SET state = 'withheld', finished_at_ms = :now, problem = 'the person was erased'
    WHERE person = :person AND finished_at_ms IS NULL`);
  // A message's id ends with its person's.
  const renamed = (column: string) =>
    `${column} = substr(${column}, 1, length(${column}) - length(:person)) || :pseudonym`;
  const rename = [
    "UPDATE alerts SET acknowledged_by = :pseudonym WHERE acknowledged_by = :person",
    "UPDATE steps SET who = :pseudonym WHERE who = :person",
    "UPDATE armings SET who = :pseudonym WHERE who = :person",
    `UPDATE deliveries SET ${renamed("notification")} WHERE notification IN (SELECT id FROM outbox WHERE person = :person)`,
    `UPDATE outbox SET ${renamed("sent_with")} WHERE person = :person AND sent_with IS NOT NULL`,
    `UPDATE outbox SET ${renamed("id")}, person = :pseudonym WHERE person = :person`,
  ].map((statement) => db.prepare(statement));
  return {
    messagesTo: (person, limit) => messages.all(person, limit) as unknown as PersonalMessage[],
    actionsOf: (person) => actions.all(person) as unknown as PersonalAction[],
    forget(person, pseudonym, nowMs) {
      // Nothing of them may stay in pages that SQLite has freed, nor in the write-ahead log.
      db.exec("PRAGMA secure_delete = ON");
      const stoodSomewhere = transaction(db, () => {
        callOff.run({ person, now: nowMs });
        return rename
          .map((statement) => statement.run({ person, pseudonym }).changes)
          .some((count) => count > 0);
      });
      db.exec("PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)");
      return stoodSomewhere;
    },
  };
}

/** For the command line while no server runs. */
export function openPersonRecords(file: string): PersonRecords & { close(): void } {
  const db = openSqlite(file, migrations);
  return { ...personRecordsIn(db), close: () => db.close() };
}
