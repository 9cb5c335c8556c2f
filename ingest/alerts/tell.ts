import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Alert } from "./alert.ts";
import type { AlertChange, News } from "./alert-ledger.ts";
import type { Audience, Telling } from "./audience.ts";

const urgency = { critical: 0, warning: 1, info: 2 } as const;
const hour = 3_600_000;
/** A number that meant one alert a moment ago must not mean another when a late "OK 3" comes in. */
const codeRestMs = 24 * hour;

/**
 * Puts into the outbox what has to be told of a change, in the transaction that saves it: to the notifiers of the routes,
 * and to persons as the audience plans. Whoever heard of an alert hears that it is over, also when routes have changed since.
 */
export function prepareTell(
  db: DatabaseSync,
  audience: Audience,
): (change: AlertChange, nowMs: number) => void {
  const insert = db.prepare(`
    INSERT INTO outbox (id, alert, event, notifier, person, code, urgency, created_at_ms, state, next_try_at_ms)
    VALUES (:id, :alert, :event, :notifier, :person, :code, :urgency, :now, 'waiting', :due)
    ON CONFLICT DO NOTHING`);
  // What still waits says what was; the new message says what is.
  const supersede = db.prepare(`
    UPDATE outbox SET state = 'superseded', finished_at_ms = :now
    WHERE alert = :alert AND notifier = :notifier AND person IS :person AND state = 'waiting'
      AND place_in_line < (SELECT place_in_line FROM outbox WHERE id = :id)`);
  const toldOf = db.prepare(`
    SELECT notifier, person FROM outbox o
    WHERE alert = :alert AND event NOT IN ('resolved', 'flapping')
      -- Somebody who was told by a way that stood in for this one hears of the end by that one.
      AND (state = 'delivered' OR NOT EXISTS (
        SELECT 1 FROM outbox other
        WHERE (other.stands_in_for = coalesce(o.stands_in_for, o.id) OR other.id = o.stands_in_for)
          AND other.id <> o.id AND other.state = 'delivered'))
      AND (person IS NULL OR (state <> 'withheld' AND NOT (event = 'escalated' AND state IN ('waiting', 'superseded'))))
    GROUP BY notifier, person ORDER BY min(place_in_line)`);
  const earliestEscalation = db.prepare(`
    SELECT min(next_try_at_ms) AS due FROM outbox
    WHERE alert = ? AND person = ? AND event = 'escalated' AND state = 'waiting'`);
  const callOffEscalations = db.prepare(`
    UPDATE outbox SET state = 'superseded', finished_at_ms = :now
    WHERE alert = :alert AND event = 'escalated' AND state = 'waiting'`);
  const callOffAll = db.prepare(
    "UPDATE outbox SET state = 'superseded', finished_at_ms = :now WHERE alert = :alert AND state = 'waiting'",
  );
  const codeFor = prepareCodes(db);

  return ({ alert, steps, news }, nowMs) => {
    // First: what somebody does about it calls off what was planned for the case that nobody does.
    const done = new Set(steps.map(({ what }) => what));
    const about = { alert: alert.id, now: nowMs };
    if (done.has("snoozed")) callOffAll.run(about);
    else if (done.has("acknowledged") || done.has("resolved")) callOffEscalations.run(about);
    for (const each of news) tell(alert, each, nowMs);
  };

  function tell(alert: Alert, news: News, nowMs: number): void {
    const told = afterwards(news.event) ? toldAlready(alert) : [];
    const notifiers = afterwards(news.event)
      ? told.filter(({ person }) => person === null).map(({ notifier }) => notifier)
      : news.notifiers;
    for (const notifier of notifiers)
      put(alert, news, { notifier, event: news.event, dueAtMs: nowMs }, nowMs);
    for (const telling of planned(alert, news, told, nowMs)) put(alert, news, telling, nowMs);
  }

  function planned(alert: Alert, { event }: News, told: readonly Told[], nowMs: number): readonly Telling[] {
    if (event === "escalated") return [];
    // Somebody takes care of it already, or it is over: what waits for the others is not news to them.
    const alone = alert.state === "firing" ? () => true : (each: Telling) => each.event !== "escalated";
    if (event !== "eased" && event !== "resolved") return audience.plan(alert, event, nowMs).filter(alone);
    return audience.afterwards(alert, event, told.filter(isPersonal), nowMs);
  }

  function toldAlready(alert: Alert): Told[] {
    return toldOf.all({ alert: alert.id }) as unknown as Told[];
  }

  function put(
    alert: Alert,
    news: News,
    telling: Omit<Telling, "person"> & { person?: string },
    now: number,
  ): void {
    const { notifier, event, dueAtMs, person = null } = telling;
    const asked =
      event === "escalated" && person !== null ? earliestEscalation.get(alert.id, person)?.due : null;
    const id = [alert.id, eventMark(event, news.step), notifier, ...(person === null ? [] : [person])].join(
      ".",
    );
    insert.run({
      id,
      alert: alert.id,
      event,
      notifier,
      person,
      code: person === null || afterwards(event) ? null : codeFor(person, alert.id, now),
      urgency: urgency[alert.severity],
      now,
      due: Math.min(dueAtMs, Number(asked ?? dueAtMs)),
    });
    supersede.run({ id, alert: alert.id, notifier, person, now });
  }
}

interface Told {
  readonly notifier: string;
  readonly person: string | null;
}

const isPersonal = (told: Told): told is Told & { person: string } => told.person !== null;

/** What is only told to those who were told of the alert before. */
const afterwards = (event: News["event"]) => event === "eased" || event === "resolved";

/** An alert fires and ends once; what may happen again carries the step at which it did. */
function eventMark(event: News["event"], step: number): string {
  return step === 0 || event === "resolved" ? event : `${event}-${step}`;
}

/** The number by which a person answers: the same for all messages about an alert, the smallest that is not in use with them. */
function prepareCodes(db: DatabaseSync): (person: string, alert: string, nowMs: number) => number {
  const known = db.prepare(
    "SELECT code FROM outbox WHERE person = ? AND alert = ? AND code IS NOT NULL LIMIT 1",
  );
  const inUse = db.prepare(`
    SELECT DISTINCT o.code FROM outbox o JOIN alerts a ON a.id = o.alert
    WHERE o.person = ? AND o.code IS NOT NULL AND (a.state <> 'resolved' OR o.created_at_ms > ?)`);
  return (person, alert, nowMs) => {
    const code = known.get(person, alert)?.code;
    if (code !== undefined) return Number(code);
    const taken = new Set(inUse.all(person, nowMs - codeRestMs).map((row) => Number(row.code)));
    let free = 1;
    while (taken.has(free)) free++;
    return free;
  };
}
