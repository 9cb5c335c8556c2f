import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { type AlertRow, alertOf } from "./alert-row.ts";
import type { Audience } from "./audience.ts";
import type { AlertEvent } from "./notifier.ts";

interface NotThrough extends AlertRow {
  readonly message: string;
  readonly first: string;
  readonly notifier: string;
  readonly person: string;
  readonly event: AlertEvent;
  readonly code: number | null;
  readonly urgency: number;
}

/** Messages to persons that do not get through, and others that stand in for them. */
export interface OtherWays {
  /** Of a message that was given up, or is tried again and again. */
  tell(message: string, nowMs: number): void;
  /** A message got through: what else waits with the same news for the same person is no longer needed. */
  arrived(message: string, nowMs: number): void;
}

/**
 * Where a message to a person does not get through, they are told by the next of their ways that has not been tried: a number that is
 * not in use any more, or a provider that is down at night, must not leave a field without anybody who knows. Told once by each way,
 * at most, and by the first that works; not told of what somebody has taken on meanwhile, nor that something is over of which they
 * never heard.
 */
export function prepareOtherWays(db: DatabaseSync, audience: Audience): OtherWays {
  // Whoever has a stand-in already waits for that one.
  const notThrough = db.prepare(`
    SELECT o.id AS message, coalesce(o.stands_in_for, o.id) AS first, o.notifier, o.person, o.event, o.code, o.urgency, a.*
    FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE (o.id = :id OR o.sent_with = :id) AND o.state IN ('failed', 'withheld', 'waiting') AND o.person IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM outbox s
        WHERE s.stands_in_for = coalesce(o.stands_in_for, o.id) AND s.place_in_line > o.place_in_line)`);
  const tried = db.prepare(
    "SELECT DISTINCT notifier FROM outbox WHERE alert = ? AND person = ? AND id LIKE ? || '.%'",
  );
  const reached = db.prepare(
    "SELECT 1 FROM outbox WHERE alert = ? AND person = ? AND state = 'delivered' LIMIT 1",
  );
  const insert = db.prepare(`
    INSERT INTO outbox (id, alert, event, notifier, person, code, urgency, created_at_ms, state, next_try_at_ms, stands_in_for)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT DO NOTHING`);
  const carried = db.prepare(
    "SELECT id, coalesce(stands_in_for, id) AS first FROM outbox WHERE (id = :id OR sent_with = :id) AND person IS NOT NULL",
  );
  const callOff = db.prepare(`
    UPDATE outbox SET state = 'superseded', finished_at_ms = :now
    WHERE (id = :first OR stands_in_for = :first) AND id <> :id AND state = 'waiting'`);

  function isStillNews({ event, state, id, person }: NotThrough): boolean {
    if (event === "eased" || event === "resolved") return reached.get(id, person) !== undefined;
    return state === "firing";
  }

  return {
    tell(message, nowMs) {
      for (const row of notThrough.all({ id: message }) as unknown as NotThrough[]) {
        if (!isStillNews(row)) continue;
        const { id, notifier, person, event } = row;
        // ALERT.EVENT.NOTIFIER.PERSON: what comes before the notifier says which news it is.
        const news = row.message.slice(0, -`.${notifier}.${person}`.length);
        const names = tried.all(id, person, news).map((each) => String(each.notifier));
        const way = audience.otherWay(person, alertOf(row), names, nowMs);
        if (way === null) continue;
        const next = [news, way.notifier, person].join(".");
        const { code, urgency, first } = row;
        insert.run(next, id, event, way.notifier, person, code, urgency, nowMs, way.dueAtMs, first);
      }
    },
    arrived(message, nowMs) {
      for (const { id, first } of carried.all({ id: message }) as { id: string; first: string }[])
        callOff.run({ id, first, now: nowMs });
    },
  };
}
