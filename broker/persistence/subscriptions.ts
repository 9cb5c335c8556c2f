import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { FilterIndex } from "../matching/filter-index.ts";
import type { GroupCommit, Row } from "./group-commit.ts";

/** `rh`, `rap` and `nl` come from bridges, which use them already in MQTT 3.1.1. */
export interface Subscription {
  readonly topic: string;
  readonly qos: number;
  readonly rh?: number | undefined;
  readonly rap?: boolean | undefined;
  readonly nl?: boolean | undefined;
  readonly subscriptionIdentifier?: number;
}

export interface SessionSubscription extends Subscription {
  readonly clientId: string;
}

interface Session {
  readonly subscriptions: Map<string, SessionSubscription>;
  /** When its client was last connected; null while it is. */
  lastSeenMs: number | null;
}

/** Who subscribed to what in a session that outlives the connection. A session exists while it has a subscription. */
export class Subscriptions {
  readonly #sessions = new Map<string, Session>();
  /** QoS 0 is not in it: nothing waits for a sleeping client at QoS 0. */
  readonly #index = new FilterIndex<SessionSubscription>();
  #indexed = 0;
  readonly #commit: () => GroupCommit;
  readonly #put;
  readonly #drop;
  readonly #putSession;
  readonly #dropSession;

  constructor(db: DatabaseSync, commit: () => GroupCommit) {
    this.#commit = commit;
    this.#put = db.prepare("INSERT OR REPLACE INTO subscriptions (client, filter, options) VALUES (?, ?, ?)");
    this.#drop = db.prepare("DELETE FROM subscriptions WHERE client = ? AND filter = ?");
    this.#putSession = db.prepare("INSERT OR REPLACE INTO sessions (client, last_seen_ms) VALUES (?, ?)");
    this.#dropSession = db.prepare("DELETE FROM sessions WHERE client = ?");
  }

  /** A session whose client was connected when the last process ended counts as seen now. */
  load(db: DatabaseSync, nowMs: number): void {
    for (const row of db.prepare("SELECT client, last_seen_ms FROM sessions").iterate()) {
      const lastSeenMs = (row.last_seen_ms as number | null) ?? nowMs;
      this.#sessions.set(row.client as string, { subscriptions: new Map(), lastSeenMs });
    }
    for (const row of db.prepare("SELECT client, filter, options FROM subscriptions").iterate()) {
      const client = row.client as string;
      this.#remember(client, { topic: row.filter as string, ...JSON.parse(row.options as string) });
    }
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Subscriptions for which messages wait. */
  get indexedCount(): number {
    return this.#indexed;
  }

  add(client: string, subscriptions: Iterable<Subscription>): void {
    if (!this.#sessions.has(client)) this.#commit().write(this.#putSession, client, null);
    for (const subscription of subscriptions) {
      if (!this.#remember(client, subscription)) continue;
      this.#commit().write(this.#put, client, subscription.topic, optionsOf(subscription));
    }
  }

  remove(client: string, filters: readonly string[]): void {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    for (const filter of filters) {
      if (this.#forget(session, filter)) this.#commit().write(this.#drop, client, filter);
    }
    if (session.subscriptions.size > 0) return;
    this.#sessions.delete(client);
    this.#commit().write(this.#dropSession, client);
  }

  end(client: string): void {
    this.remove(client, [...(this.#sessions.get(client)?.subscriptions.keys() ?? [])]);
  }

  of(client: string): Subscription[] {
    const session = this.#sessions.get(client);
    return [...(session?.subscriptions.values() ?? [])].map(
      ({ clientId: _, ...subscription }) => subscription,
    );
  }

  match(topic: string): readonly SessionSubscription[] {
    return this.#index.match(topic);
  }

  wants(topic: string): boolean {
    return this.#index.wants(topic);
  }

  *clientsOf(filter: string): Iterable<string> {
    for (const [client, { subscriptions }] of this.#sessions) if (subscriptions.has(filter)) yield client;
  }

  /** @param lastSeenMs null: the client is connected */
  seen(client: string, lastSeenMs: number | null): void {
    const session = this.#sessions.get(client);
    if (session === undefined || session.lastSeenMs === lastSeenMs) return;
    session.lastSeenMs = lastSeenMs;
    this.#commit().write(this.#putSession, client, lastSeenMs);
  }

  /** Sessions whose client was not connected since then. */
  *notSeenSince(timeMs: number): Iterable<string> {
    for (const [client, { lastSeenMs }] of this.#sessions) {
      if (lastSeenMs !== null && lastSeenMs < timeMs) yield client;
    }
  }

  *rows(): Iterable<Row> {
    for (const [client, session] of this.#sessions) {
      yield { statement: this.#putSession, values: [client, session.lastSeenMs] };
      for (const each of session.subscriptions.values()) {
        yield { statement: this.#put, values: [client, each.topic, optionsOf(each)] };
      }
    }
  }

  /** @returns whether this changed anything */
  #remember(client: string, subscription: Subscription): boolean {
    let session = this.#sessions.get(client);
    if (session === undefined) {
      session = { subscriptions: new Map(), lastSeenMs: null };
      this.#sessions.set(client, session);
    }
    const before = session.subscriptions.get(subscription.topic);
    if (before !== undefined && optionsOf(before) === optionsOf(subscription)) return false;
    if (before !== undefined) this.#unindex(before);
    const { topic, qos, rh, rap, nl } = subscription;
    const kept: SessionSubscription = { clientId: client, topic, qos, rh, rap, nl };
    const { subscriptionIdentifier } = subscription;
    if (subscriptionIdentifier !== undefined) Object.assign(kept, { subscriptionIdentifier });
    session.subscriptions.set(topic, kept);
    if (qos > 0) {
      this.#index.add(topic, kept);
      this.#indexed++;
    }
    return true;
  }

  #forget(session: Session, filter: string): boolean {
    const subscription = session.subscriptions.get(filter);
    if (subscription === undefined) return false;
    this.#unindex(subscription);
    return session.subscriptions.delete(filter);
  }

  #unindex(subscription: SessionSubscription): void {
    if (subscription.qos === 0) return;
    this.#index.remove(subscription.topic, subscription);
    this.#indexed--;
  }
}

function optionsOf({ qos, rh, rap, nl, subscriptionIdentifier }: Subscription): string {
  return JSON.stringify({ qos, rh, rap, nl, subscriptionIdentifier });
}
