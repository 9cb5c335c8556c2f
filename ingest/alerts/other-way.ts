import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { type AlertRow, alertOf } from "./alert-row.ts";
import type { Audience } from "./audience.ts";
import type { AlertEvent } from "./notifier.ts";

interface GivenUp extends AlertRow {
  readonly message: string;
  readonly notifier: string;
  readonly person: string;
  readonly event: AlertEvent;
  readonly code: number | null;
  readonly urgency: number;
}

/**
 * Where a message to a person was given up, they are told by the next of their ways that has not been tried: a number that is not in
 * use any more must not leave a field without anybody who knows. Told once by each way, at most; and not told of what somebody has
 * taken on meanwhile, nor that something is over of which they never heard.
 */
export function prepareOtherWay(
  db: DatabaseSync,
  audience: Audience,
): (message: string, nowMs: number) => void {
  const givenUp = db.prepare(`
    SELECT o.id AS message, o.notifier, o.person, o.event, o.code, o.urgency, a.*
    FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE (o.id = :id OR o.sent_with = :id) AND o.state IN ('failed', 'withheld') AND o.person IS NOT NULL`);
  const tried = db.prepare(
    "SELECT DISTINCT notifier FROM outbox WHERE alert = ? AND person = ? AND id LIKE ? || '.%'",
  );
  const reached = db.prepare(
    "SELECT 1 FROM outbox WHERE alert = ? AND person = ? AND state = 'delivered' LIMIT 1",
  );
  const insert = db.prepare(`
    INSERT INTO outbox (id, alert, event, notifier, person, code, urgency, created_at_ms, state, next_try_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`);

  function isStillNews({ event, state, id, person }: GivenUp): boolean {
    if (event === "eased" || event === "resolved") return reached.get(id, person) !== undefined;
    return state === "firing";
  }

  return (message, nowMs) => {
    for (const row of givenUp.all({ id: message }) as unknown as GivenUp[]) {
      if (!isStillNews(row)) continue;
      const { id, notifier, person, event } = row;
      // ALERT.EVENT.NOTIFIER.PERSON: what comes before the notifier says which news it is.
      const news = row.message.slice(0, -`.${notifier}.${person}`.length);
      const names = tried.all(id, person, news).map((each) => String(each.notifier));
      const way = audience.otherWay(person, alertOf(row), names, nowMs);
      if (way === null) continue;
      const next = [news, way.notifier, person].join(".");
      insert.run(next, id, event, way.notifier, person, row.code, row.urgency, nowMs, way.dueAtMs);
    }
  };
}
