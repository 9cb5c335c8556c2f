import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";

/**
 * Takes a person out of alerts, histories, messages and the delivery log: what happened stays, by whom and to whom is told by a
 * pseudonym. Messages that still wait for them are never sent.
 */
export function prepareForget(db: DatabaseSync): (person: string, pseudonym: string, nowMs: number) => void {
  const callOff = db.prepare(`
    UPDATE outbox SET state = 'withheld', finished_at_ms = :now, problem = 'the person was erased'
    WHERE person = :person AND finished_at_ms IS NULL`);
  // A message's id ends with its person's.
  const renamed = (column: string) =>
    `${column} = substr(${column}, 1, length(${column}) - length(:person)) || :pseudonym`;
  const rename = [
    "UPDATE alerts SET acknowledged_by = :pseudonym WHERE acknowledged_by = :person",
    "UPDATE steps SET who = :pseudonym WHERE who = :person",
    `UPDATE deliveries SET ${renamed("notification")} WHERE notification IN (SELECT id FROM outbox WHERE person = :person)`,
    `UPDATE outbox SET ${renamed("sent_with")} WHERE person = :person AND sent_with IS NOT NULL`,
    `UPDATE outbox SET ${renamed("id")}, person = :pseudonym WHERE person = :person`,
  ].map((statement) => db.prepare(statement));
  return (person, pseudonym, nowMs) => {
    callOff.run({ person, now: nowMs });
    for (const statement of rename) statement.run({ person, pseudonym });
  };
}
