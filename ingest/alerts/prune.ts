import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";

/** How long what is over is kept. */
export interface Keep {
  /** Resolved alerts, with their histories and messages. */
  readonly alertsMs: number;
  /** To whom messages went and how that went. Personal data: kept no longer than somebody may ask about it. */
  readonly messagesMs: number;
}

/** So many at a time: some milliseconds, in which nobody is acknowledged. */
const mostAtOnce = 200;

export function preparePrune(db: DatabaseSync): (nowMs: number, keep: Keep) => number {
  const oldAlerts = db.prepare(
    "SELECT id FROM alerts WHERE state = 'resolved' AND resolved_at_ms < ? ORDER BY resolved_at_ms LIMIT ?",
  );
  const oldMessages = db.prepare(`
    SELECT o.id FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE o.person IS NOT NULL AND o.created_at_ms < :before AND o.finished_at_ms < :before AND a.state = 'resolved'
    LIMIT :most`);
  const messagesOf = db.prepare("SELECT id FROM outbox WHERE alert = ?");
  const deleteDeliveries = db.prepare("DELETE FROM deliveries WHERE notification = ?");
  const deleteMessage = db.prepare("DELETE FROM outbox WHERE id = ?");
  const deleteAlert = db.prepare("DELETE FROM alerts WHERE id = ?");

  function drop(messages: readonly object[]): void {
    for (const { id } of messages as readonly { id: string }[]) {
      deleteDeliveries.run(id);
      deleteMessage.run(id);
    }
  }

  return (nowMs, { alertsMs, messagesMs }) => {
    const alerts = oldAlerts.all(nowMs - alertsMs, mostAtOnce) as unknown as readonly { id: string }[];
    for (const { id } of alerts) {
      drop(messagesOf.all(id));
      deleteAlert.run(id);
    }
    drop(oldMessages.all({ before: nowMs - messagesMs, most: mostAtOnce }));
    return alerts.length;
  };
}
