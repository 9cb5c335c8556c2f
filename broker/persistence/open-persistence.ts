import { Readable } from "node:stream";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { Incoming } from "./incoming.ts";
import { Outgoing, type QueueLimits } from "./outgoing.ts";
import type { SessionOwner, StoredPacket } from "./packet.ts";
import { Retained, type RetainedLimits } from "./retained.ts";
import { migrations } from "./schema.ts";
import { type SessionSubscription, type Subscription, Subscriptions } from "./subscriptions.ts";
import { type Will, Wills } from "./wills.ts";

export interface PersistenceSettings {
  readonly queue: QueueLimits;
  readonly retained: RetainedLimits;
  readonly sessionExpiryMs: number;
  readonly queuedExpiryMs: number;
}

export interface PersistenceParts {
  /** Path of the SQLite file, or `:memory:`. */
  readonly file: string;
  readonly settings: PersistenceSettings;
  readonly now: () => number;
  /**
   * Whether the client may have this filter. Asked here again because Aedes stores all filters of a SUBSCRIBE, the
   * refused ones too: what it must not hear would be queued for it while it sleeps.
   */
  readonly mayKeep: (client: SessionOwner, filter: string) => boolean;
}

export type Persistence = ReturnType<typeof openPersistence>;

const emptyTables = `
  DELETE FROM sessions; DELETE FROM subscriptions; DELETE FROM queued; DELETE FROM retained; DELETE FROM wills;
`;

/**
 * Sessions, what waits in them, retained messages and wills: answered from memory, written through to SQLite.
 * The methods in the middle are the contract of aedes-persistence 11; a promise of theirs that somebody's
 * acknowledgement hangs on resolves when it is on disk.
 */
export function openPersistence({ file, settings, now, mayKeep }: PersistenceParts) {
  const db = openSqlite(file, migrations);
  let commit: GroupCommit;
  const group = () => commit;
  const subscriptions = new Subscriptions(db, group);
  const outgoing = new Outgoing(db, group, settings.queue, now);
  const retained = new Retained(db, group, settings.retained);
  const wills = new Wills(db, group);
  const incoming = new Incoming();
  const parts = [subscriptions, outgoing, retained, wills];
  commit = createGroupCommit(db, emptyTables, function* () {
    for (const part of parts) yield* part.rows();
  });
  subscriptions.load(db, now());
  outgoing.load(db);
  retained.load(db);
  let broker: { readonly id: string };

  function endSession(client: string): void {
    subscriptions.end(client);
    outgoing.end(client);
    incoming.end(client);
  }

  return {
    /** Whether a message to this topic has to wait for somebody. */
    wants: (topic: string) => subscriptions.wants(topic),
    willsLeft: () => wills.left(db),
    dropWillLeft: (client: string) => wills.dropLeft(client),
    connected: (client: string) => subscriptions.seen(client, null),
    disconnected(client: string): void {
      subscriptions.seen(client, now());
      outgoing.stopBacklog(client);
    },
    /** Ends the sessions that nobody came back to, and drops what has waited too long. */
    expire(nowMs: number): void {
      for (const client of [...subscriptions.notSeenSince(nowMs - settings.sessionExpiryMs)])
        endSession(client);
      outgoing.expire(nowMs - settings.queuedExpiryMs);
    },
    usage: () => ({
      sessions: subscriptions.sessionCount,
      queued: outgoing.usage,
      retained: retained.usage,
      failing: commit.failing,
    }),

    get broker() {
      return broker;
    },
    // Aedes asks for an async function by the name of its constructor.
    async setup(aedes: { readonly id: string }): Promise<void> {
      broker = aedes;
    },
    async storeRetained(packet: StoredPacket): Promise<void> {
      retained.store(packet);
      await commit.committed();
    },
    createRetainedStream: (filter: string) => Readable.from(retained.match([filter])),
    createRetainedStreamCombi: (filters: readonly string[]) => Readable.from(retained.match(filters)),

    async addSubscriptions(client: SessionOwner, all: readonly Subscription[]): Promise<void> {
      const allowed = all.filter(({ topic }) => mayKeep(client, topic));
      if (allowed.length === 0) return;
      subscriptions.add(client.id, allowed);
      await commit.committed();
    },
    async removeSubscriptions(client: SessionOwner, filters: readonly string[]): Promise<void> {
      subscriptions.remove(client.id, filters);
      await commit.committed();
    },
    subscriptionsByClient: async (client: SessionOwner): Promise<Subscription[]> =>
      subscriptions.of(client.id),
    subscriptionsByTopic: async (topic: string): Promise<readonly SessionSubscription[]> =>
      subscriptions.match(topic),
    countOffline: async () => ({
      subsCount: subscriptions.indexedCount,
      clientsCount: subscriptions.sessionCount,
    }),
    getClientList: (filter: string) => Readable.from(subscriptions.clientsOf(filter)),
    /** The client connected with a clean session: nothing of the old one may remain [MQTT-3.1.2-6]. */
    async cleanSubscriptions(client: SessionOwner): Promise<void> {
      endSession(client.id);
    },

    async outgoingEnqueue(to: { readonly clientId: string }, packet: StoredPacket): Promise<void> {
      outgoing.enqueue(to.clientId, packet);
      await commit.committed();
    },
    async outgoingEnqueueCombi(
      to: readonly { readonly clientId: string }[],
      packet: StoredPacket,
    ): Promise<void> {
      if (to.length === 0) return;
      for (const { clientId } of to) outgoing.enqueue(clientId, packet);
      await commit.committed();
    },
    outgoingUpdate: (client: SessionOwner, packet: StoredPacket) => outgoing.update(client, packet),
    outgoingClearMessageId: async (client: SessionOwner, packet: { readonly messageId?: number }) =>
      outgoing.clear(client.id, packet.messageId),
    outgoingStream: (client: SessionOwner) => Readable.from(outgoing.startBacklog(client)),

    async incomingStorePacket(client: SessionOwner, packet: StoredPacket): Promise<void> {
      incoming.put(client.id, packet);
    },
    incomingGetPacket: async (client: SessionOwner, packet: { readonly messageId: number }) =>
      incoming.get(client.id, packet.messageId),
    async incomingDelPacket(client: SessionOwner, packet: { readonly messageId: number }): Promise<void> {
      incoming.drop(client.id, packet.messageId);
    },
    async cleanIncoming(client: SessionOwner): Promise<void> {
      incoming.end(client.id);
    },

    async putWill(client: SessionOwner, will: Will): Promise<SessionOwner> {
      wills.put(client.id, broker.id, will);
      return client;
    },
    getWill: async (client: SessionOwner) => wills.get(client.id),
    delWill: async (client: SessionOwner) => wills.drop(client.id),
    streamWill: (living?: Readonly<Record<string, unknown>>) =>
      Readable.from(wills.ofDead(broker.id, living)),

    /** Writes what is left and lets go of the file. @throws when the disk refuses it */
    async destroy(): Promise<void> {
      try {
        commit.close();
      } finally {
        db.close();
      }
    },
  };
}
