import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { GroupCommit, Row } from "./group-commit.ts";
import { type Entry, OutgoingQueue } from "./outgoing-queue.ts";
import { blob, ownPayload, type SessionOwner, type StoredPacket, waiting } from "./packet.ts";

export interface QueueLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/** Stands for the broker of an earlier process: its own id would clash with nothing, but says nothing either. */
const earlierProcess = "earlier";

/** What waits for each session: the QoS 1 and 2 messages that its client has not acknowledged. */
export class Outgoing {
  readonly #queues = new Map<string, OutgoingQueue>();
  #nextSeq = 1;
  #messages = 0;
  #dropped = 0;
  #expired = 0;
  readonly #limits: QueueLimits;
  readonly #commit: () => GroupCommit;
  readonly #now: () => number;
  readonly #put;
  readonly #drop;
  readonly #setMessageId;
  readonly #setReceived;

  constructor(db: DatabaseSync, commit: () => GroupCommit, limits: QueueLimits, now: () => number) {
    this.#commit = commit;
    this.#limits = limits;
    this.#now = now;
    this.#put = db.prepare(
      `INSERT OR REPLACE INTO queued (seq, client, cmd, topic, payload, qos, message_id, queued_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#drop = db.prepare("DELETE FROM queued WHERE seq = ?");
    this.#setMessageId = db.prepare("UPDATE queued SET message_id = ? WHERE seq = ?");
    this.#setReceived = db.prepare(
      "UPDATE queued SET cmd = 'pubrel', topic = NULL, payload = NULL WHERE seq = ?",
    );
  }

  load(db: DatabaseSync): void {
    for (const row of db.prepare("SELECT * FROM queued ORDER BY seq").iterate()) {
      const seq = row.seq as number;
      const entry = { seq, queuedAtMs: row.queued_at_ms as number, packet: loaded(row), sentOver: 0 };
      this.#queueOf(row.client as string).add(entry);
      this.#messages++;
      this.#nextSeq = seq + 1;
    }
  }

  get usage() {
    return { messages: this.#messages, dropped: this.#dropped, expired: this.#expired };
  }

  enqueue(client: string, packet: StoredPacket): void {
    const queue = this.#queueOf(client);
    // Two overlapping subscriptions of one session are still one message.
    if (queue.has(packet)) return;
    const entry = { seq: this.#nextSeq++, queuedAtMs: this.#now(), packet: waiting(packet), sentOver: 0 };
    queue.add(entry);
    this.#messages++;
    this.#commit().write(this.#put, ...values(client, entry));
    this.#dropOverLimit(client, queue);
  }

  /** Resolves when it is the packet's turn to be sent, and corrects it (see `OutgoingQueue.sent`). */
  update(client: SessionOwner, packet: StoredPacket): Promise<void> {
    const queue = this.#queues.get(client.id);
    const entry = queue?.find(packet);
    // Dropped or expired meanwhile: it is sent all the same, only nobody remembers it.
    if (queue === undefined || entry === undefined) return Promise.resolve();
    if (packet.cmd === "pubrel" && entry.packet.cmd === "publish") {
      queue.received(entry, packet);
      this.#commit().write(this.#setReceived, entry.seq);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      queue.inTurn(entry, () => {
        if (packet.cmd !== "pubrel") {
          queue.sent(entry, packet, client);
          this.#commit().write(this.#setMessageId, packet.messageId!, entry.seq);
        }
        resolve();
      });
    });
  }

  /**
   * Forgets the message with this identifier: it was acknowledged. A packet without one was never sent, and stays.
   * @returns the message
   */
  clear(client: string, messageId: number | undefined): StoredPacket | undefined {
    const queue = this.#queues.get(client);
    const entry = messageId === undefined ? undefined : queue?.find({ messageId });
    if (queue === undefined || entry === undefined) return undefined;
    this.#remove(client, queue, entry);
    return entry.packet;
  }

  /** What waits for the client that has just come back, in order. */
  startBacklog(client: SessionOwner): StoredPacket[] {
    return this.#queues.get(client.id)?.startBacklog(client) ?? [];
  }

  stopBacklog(client: string): void {
    this.#queues.get(client)?.stopBacklog();
  }

  end(client: string): void {
    const queue = this.#queues.get(client);
    if (queue === undefined) return;
    queue.stopBacklog();
    for (const entry of [...queue.entries()]) this.#remove(client, queue, entry);
  }

  /** Drops what was queued before `timeMs`. */
  expire(timeMs: number): void {
    for (const [client, queue] of this.#queues) {
      for (
        let oldest = queue.oldest;
        oldest !== undefined && oldest.queuedAtMs < timeMs;
        oldest = queue.oldest
      ) {
        this.#remove(client, queue, oldest);
        this.#expired++;
      }
    }
  }

  *rows(): Iterable<Row> {
    for (const [client, queue] of this.#queues) {
      for (const entry of queue.entries()) yield { statement: this.#put, values: values(client, entry) };
    }
  }

  #dropOverLimit(client: string, queue: OutgoingQueue): void {
    while (queue.size > this.#limits.maxMessages || (queue.bytes > this.#limits.maxBytes && queue.size > 1)) {
      this.#remove(client, queue, queue.oldest!);
      this.#dropped++;
    }
  }

  #remove(client: string, queue: OutgoingQueue, entry: Entry): void {
    queue.remove(entry);
    this.#messages--;
    this.#commit().write(this.#drop, entry.seq);
    if (queue.size === 0) this.#queues.delete(client);
  }

  #queueOf(client: string): OutgoingQueue {
    const queue = this.#queues.get(client) ?? new OutgoingQueue();
    this.#queues.set(client, queue);
    return queue;
  }
}

function values(client: string, { seq, packet, queuedAtMs }: Entry) {
  const { cmd, topic, payload, qos, messageId } = packet;
  const bytes = cmd === "publish" ? blob(payload) : null;
  return [seq, client, cmd, topic ?? null, bytes, qos ?? 0, messageId ?? null, queuedAtMs] as const;
}

function loaded(row: Record<string, unknown>): StoredPacket {
  const messageId = (row.message_id as number | null) ?? undefined;
  if (row.cmd === "pubrel") return { cmd: "pubrel", messageId } as StoredPacket;
  return {
    cmd: "publish",
    brokerId: earlierProcess,
    brokerCounter: row.seq as number,
    topic: row.topic as string,
    payload: ownPayload(row.payload as Uint8Array),
    qos: row.qos as 0 | 1 | 2,
    retain: false,
    dup: false,
    messageId,
  };
}
