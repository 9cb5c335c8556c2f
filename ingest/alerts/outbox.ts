import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Alert } from "./alert.ts";
import { type AlertRow, alertOf } from "./alert-row.ts";
import type { Audience, MessageMark } from "./audience.ts";
import { lettersOf } from "./letters.ts";
import type { AlertEvent, Notification, Recipient } from "./notifier.ts";
import { type OtherWays, prepareOtherWays } from "./other-way.ts";
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
  /** Id of the person it was for; null: whoever the notifier's configuration names. */
  readonly person: string | null;
  readonly alert: string;
  readonly event: AlertEvent;
  readonly attempt: number;
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly outcome: DeliveryOutcome["outcome"];
  /** What the receiver answered, or what went wrong. */
  readonly detail: string;
}

/** A message to a person, as it can be found again by what a link in it says. */
export interface OutboxMessage extends MessageMark {
  readonly alert: string;
  readonly notifier: string;
}

export interface OutboxCount {
  readonly notifier: string;
  readonly waiting: number;
  readonly failed: number;
}

/** Notifications come in with the alert they are about, and leave when they are delivered or given up. */
export interface Outbox {
  /**
   * Takes on up to `most` messages whose time has come, the most urgent first, each alert's in order. What a person may not be told,
   * or has had enough of for now, stays back.
   */
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
  /**
   * The alert that a person means who answers with this number, or with none: then the one they were told of last that still fires.
   * @returns its id
   */
  answered(person: string, code: number | null): string | undefined;
  /** The message of this number, and whom it is for; undefined when there is none, or it is for no person. */
  message(number: number): OutboxMessage | undefined;
  counts(): OutboxCount[];
  /** Calls `listener` when something has come in. Returns the way to stop it. */
  onWaiting(listener: () => void): () => void;
  /** Says that something has come in. */
  announce(): void;
  close(): void;
}

/** Opens the outbox in the file that the watch fills. What was being sent when the process ended waits to be sent again. */
export function openOutbox(file: string, audience: Audience): Outbox {
  const db = openSqlite(file, migrations);
  // A power cut may take back the last of these commits: then something is sent again, under the same id. No alert
  // hangs on them, and no fsync holds up the thread on which uplinks arrive.
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("UPDATE outbox SET state = 'waiting' WHERE finished_at_ms IS NULL AND state = 'sending'");

  const otherWays = prepareOtherWays(db, audience);
  const claim = prepareClaim(db, audience, otherWays);
  // A message that carries others is finished with all of them.
  const finish = db.prepare(`
    UPDATE outbox SET state = :state, next_try_at_ms = :next, finished_at_ms = :finished, problem = :problem
    WHERE (id = :id OR sent_with = :id) AND state = 'sending'`);
  const logDelivery = db.prepare(
    "INSERT INTO deliveries (notification, attempt, started_at_ms, took_ms, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const byCode = db.prepare(
    "SELECT alert FROM outbox WHERE person = ? AND code = ? ORDER BY place_in_line DESC LIMIT 1",
  );
  const newest = db.prepare(`
    SELECT o.alert FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE o.person = ? AND o.code IS NOT NULL AND o.state IN ('sending', 'delivered') AND a.state = 'firing'
    ORDER BY o.finished_at_ms IS NULL DESC, o.finished_at_ms DESC, o.place_in_line DESC LIMIT 1`);
  const one = db.prepare(`
    SELECT place_in_line AS number, person, created_at_ms AS createdAtMs, alert, notifier FROM outbox
    WHERE place_in_line = ? AND person IS NOT NULL`);
  const firstTried = db.prepare("SELECT min(started_at_ms) AS atMs FROM deliveries WHERE notification = ?");
  const listeners = new Set<() => void>();

  /** Whether it will have failed for longer than this news can wait, when it is tried next. */
  function lastsTooLong(id: string, severity: Alert["severity"], nextTryAtMs: number): boolean {
    return nextTryAtMs - Number(firstTried.get(id)!.atMs) > audience.otherWayAfterMs(severity);
  }

  return {
    claim: (notifier, most, nowMs) => transaction(db, () => claim(notifier, most, nowMs)),
    settle({ id, attempts, alert: { severity } }, { atMs, tookMs }, result) {
      const again = result.outcome === "again";
      transaction(db, () => {
        finish.run({
          id,
          state: again ? "waiting" : result.outcome,
          next: again ? result.nextTryAtMs : 0,
          finished: again ? null : atMs + tookMs,
          problem: result.outcome === "delivered" ? null : result.detail,
        });
        logDelivery.run(id, attempts, atMs, tookMs, result.outcome, result.detail);
        const endedMs = atMs + tookMs;
        if (result.outcome === "delivered") otherWays.arrived(id, endedMs);
        else if (result.outcome === "failed" || lastsTooLong(id, severity, result.nextTryAtMs))
          otherWays.tell(id, endedMs);
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
          SELECT d.notification, o.notifier, o.person, o.alert, o.event, d.attempt, d.started_at_ms AS startedAtMs,
            d.took_ms AS tookMs, d.outcome, d.detail
          FROM outbox o JOIN deliveries d ON d.notification = coalesce(o.sent_with, o.id) WHERE o.alert = ? ORDER BY d.id`)
        .all(alert) as unknown as Delivery[],
    answered: (person, code) =>
      (code === null ? newest.get(person) : byCode.get(person, code))?.alert as string | undefined,
    message: (number) => one.get(number) as OutboxMessage | undefined,
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
  readonly person: string | null;
  readonly code: number | null;
  readonly urgency: number;
  readonly attempts: number;
  readonly created_at_ms: number;
  readonly sent_with: string | null;
}

/** So many rows are looked at in one claim … */
const mostRows = 50;
/** … and so many of one person: enough that one message can carry a storm of news. */
const mostRowsOfOne = 500;
const memoryOfTurnsMs = 2 * 86_400_000;

function prepareClaim(db: DatabaseSync, audience: Audience, otherWays: OtherWays) {
  // What was under way when a later message came in, and has to be tried again.
  const supersede = db.prepare(`
    UPDATE outbox AS early SET state = 'superseded', finished_at_ms = :now
    WHERE notifier = :notifier AND finished_at_ms IS NULL AND state = 'waiting' AND attempts > 0 AND EXISTS (
      SELECT 1 FROM outbox late WHERE late.alert = early.alert AND late.notifier = early.notifier
        AND late.person IS early.person AND late.place_in_line > early.place_in_line)`);
  // The limit stands in the text: SQLite plans a query anew each time that a bound one is given, which took ten times as long.
  const dueRowsOf = (whose: string, most: number) => `
    SELECT o.place_in_line, o.id AS notification, o.event, o.person, o.code, o.urgency, o.attempts, o.created_at_ms, o.sent_with, a.*
    FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE o.notifier = :notifier AND ${whose}
      AND o.finished_at_ms IS NULL AND o.state = 'waiting' AND o.next_try_at_ms <= :now AND NOT EXISTS (
      SELECT 1 FROM outbox before WHERE before.alert = o.alert AND before.notifier = o.notifier AND before.person IS o.person
        AND before.place_in_line < o.place_in_line AND before.finished_at_ms IS NULL)
    ORDER BY o.urgency, o.place_in_line LIMIT ${most}`;
  const due = db.prepare(dueRowsOf("TRUE", mostRows));
  const duePerson = db.prepare(dueRowsOf("o.person = :person", mostRowsOfOne));
  const take = db.prepare(
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1, sent_with = ? WHERE place_in_line = ?",
  );
  const withhold = db.prepare(
    "UPDATE outbox SET state = 'withheld', finished_at_ms = ?, problem = ? WHERE place_in_line = ?",
  );
  const postpone = db.prepare("UPDATE outbox SET next_try_at_ms = ? WHERE place_in_line = ?");
  const sentTo = db.prepare(`
    SELECT coalesce(finished_at_ms, :now) AS atMs FROM outbox
    WHERE person = :person AND (urgency = 0) = :grave AND created_at_ms > :since AND state IN ('sending', 'delivered') AND coalesce(sent_with, id) = id`);
  const open = db.prepare(`
    SELECT a.* FROM alerts a WHERE a.device = :device AND a.state <> 'resolved' AND EXISTS (
      SELECT 1 FROM outbox o WHERE o.alert = a.id AND o.notifier = :notifier AND o.event NOT IN ('resolved', 'escalated'))
    ORDER BY a.fired_at_ms, a.id`);

  return (notifier: string, most: number, nowMs: number): Claim[] => {
    supersede.run({ notifier, now: nowMs });
    const rows = due.all({ notifier, now: nowMs }) as unknown as DueRow[];
    const isAll = rows.length < mostRows;
    const claims: Claim[] = [];
    for (const begun of lettersOf(rows)) {
      if (claims.length === most) break;
      const letter = isAll ? begun : wholeLetter(begun[0]!, notifier, nowMs);
      const recipient = mayGo(letter, notifier, nowMs);
      if (recipient !== null) claims.push(takeOn(letter, notifier, recipient));
    }
    return claims;
  };

  /** With all that is due for the same person, also further down the line. */
  function wholeLetter(first: DueRow, notifier: string, nowMs: number): DueRow[] {
    if (first.person === null) return [first];
    const { person } = first;
    const rows = duePerson.all({ notifier, person, now: nowMs });
    const letters = lettersOf(rows as unknown as DueRow[]);
    return (
      letters.find((letter) => letter.some(({ notification }) => notification === first.notification)) ?? [
        first,
      ]
    );
  }

  /** @returns undefined for what goes to no person; null when it does not go now */
  function mayGo(letter: readonly DueRow[], notifier: string, nowMs: number): Recipient | undefined | null {
    const { person, severity, attempts } = letter[0]!;
    if (person === null) return undefined;
    const recipient = audience.recipient(person, notifier);
    if (recipient === null) {
      for (const row of letter) {
        withhold.run(nowMs, "the person cannot or may not be told this way", row.place_in_line);
        otherWays.tell(row.notification, nowMs);
      }
      return null;
    }
    // What is tried again is no further message.
    const turnMs =
      attempts > 0 ? nowMs : audience.nextTurnMs(person, severity, turnsOf(person, severity, nowMs), nowMs);
    if (turnMs <= nowMs) return recipient;
    for (const row of letter) postpone.run(turnMs, row.place_in_line);
    return null;
  }

  function turnsOf(person: string, severity: Alert["severity"], now: number): number[] {
    const rows = sentTo.all({
      person,
      grave: Number(severity === "critical"),
      now,
      since: now - memoryOfTurnsMs,
    });
    return rows.map(({ atMs }) => Number(atMs));
  }

  function takeOn(letter: readonly DueRow[], notifier: string, recipient: Recipient | undefined): Claim {
    const first = letter[0]!;
    const id = first.sent_with ?? first.notification;
    for (const { place_in_line } of letter) take.run(letter.length > 1 ? id : first.sent_with, place_in_line);
    const alerts = letter.map((row) => alertOf(row));
    return {
      id,
      event: first.event,
      attempts: first.attempts + 1,
      createdAtMs: Math.min(...letter.map((row) => row.created_at_ms)),
      alert: alerts[0]!,
      openOnDevice: openOn(first.device, notifier),
      ...(recipient && { recipient }),
      ...(recipient && letter.length > 1 && { digest: alerts }),
      ...answersTo(first),
    };
  }

  function answersTo(row: DueRow): Pick<Claim, "acknowledge" | "optOutUrl"> {
    const { person, code, state, place_in_line: number, created_at_ms: createdAtMs } = row;
    if (person === null) return {};
    const optOutUrl = audience.optOutUrl({ number, person, createdAtMs });
    const optOut = optOutUrl === undefined ? {} : { optOutUrl };
    if (code === null || state !== "firing") return optOut;
    const url = audience.acknowledgeUrl({ number, person, createdAtMs });
    return { ...optOut, acknowledge: { code, ...(url !== undefined && { url }) } };
  }

  function openOn(device: string, notifier: string): Alert[] {
    return (open.all({ device, notifier }) as unknown as AlertRow[]).map(alertOf);
  }
}
