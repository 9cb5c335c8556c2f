import type { SessionOwner, StoredPacket } from "./packet.ts";

export interface Entry {
  readonly seq: number;
  readonly queuedAtMs: number;
  packet: StoredPacket;
  /** Number of the connection over which it was sent; 0 when it was not, or by an earlier process. */
  sentOver: number;
}

const largestMessageId = 65_535;

/**
 * The messages that wait for one session, oldest first.
 *
 * When its client comes back, Aedes sends what waited (the backlog) while new messages already arrive. So that an
 * "open the valve" is never overtaken by its "close the valve", whatever is newer waits until the backlog was sent.
 */
export class OutgoingQueue {
  readonly #entries = new Map<number, Entry>();
  readonly #byMessageId = new Map<number, Entry>();
  readonly #byIdentity = new Map<string, Entry>();
  readonly #backlog = new Set<Entry>();
  #afterBacklog: (() => void)[] = [];
  #client: WeakRef<SessionOwner> | null = null;
  #connection = 0;
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldest(): Entry | undefined {
    return this.#entries.values().next().value;
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  has(packet: StoredPacket): boolean {
    return this.#byIdentity.has(identity(packet));
  }

  add(entry: Entry): void {
    this.#entries.set(entry.seq, entry);
    this.#bytes += entry.packet.payload?.length ?? 0;
    if (entry.packet.cmd === "publish") this.#byIdentity.set(identity(entry.packet), entry);
    if (entry.packet.messageId !== undefined) this.#byMessageId.set(entry.packet.messageId, entry);
  }

  remove(entry: Entry): void {
    if (!this.#entries.delete(entry.seq)) return;
    this.#bytes -= entry.packet.payload?.length ?? 0;
    this.#byIdentity.delete(identity(entry.packet));
    const { messageId } = entry.packet;
    if (messageId !== undefined && this.#byMessageId.get(messageId) === entry)
      this.#byMessageId.delete(messageId);
    this.#leaveBacklog(entry);
  }

  find(packet: Pick<StoredPacket, "brokerId" | "brokerCounter" | "messageId">): Entry | undefined {
    return (
      this.#byIdentity.get(identity(packet)) ??
      (packet.messageId === undefined ? undefined : this.#byMessageId.get(packet.messageId))
    );
  }

  /** What waits now, to be sent in this order over the client's new connection. */
  startBacklog(client: SessionOwner): StoredPacket[] {
    this.stopBacklog();
    this.#connectionOf(client);
    for (const entry of this.#entries.values()) this.#backlog.add(entry);
    return [...this.#entries.values()].map(({ packet }) => packet);
  }

  /** The connection is gone: nobody waits for its backlog any more. */
  stopBacklog(): void {
    this.#backlog.clear();
    this.#releaseWaiting();
  }

  /** Calls `send` when everything older has been sent: at once, unless the backlog is on its way. */
  inTurn(entry: Entry, send: () => void): void {
    const first = this.#backlog.values().next().value;
    const isTurn = first === undefined ? this.#afterBacklog.length === 0 : first === entry;
    if (!isTurn) {
      this.#afterBacklog.push(send);
      return;
    }
    send();
    this.#leaveBacklog(entry);
  }

  /**
   * Notes that the entry is sent as `packet`, and makes the packet right: marked as a repetition when an earlier
   * connection carried it [MQTT-3.3.1-1], and with an identifier that no other unacknowledged message has [MQTT-2.3.1-2].
   */
  sent(entry: Entry, packet: StoredPacket, client: SessionOwner): void {
    const connection = this.#connectionOf(client);
    if (entry.packet.messageId !== undefined && entry.sentOver !== connection) packet.dup = true;
    entry.sentOver = connection;
    const before = entry.packet.messageId;
    if (before !== undefined && this.#byMessageId.get(before) === entry) this.#byMessageId.delete(before);
    packet.messageId = this.#freeMessageId(packet.messageId ?? 1);
    entry.packet.messageId = packet.messageId;
    this.#byMessageId.set(packet.messageId, entry);
  }

  /** Step two of QoS 2: the message was received, from now on only its release is sent [MQTT-4.3.3-1]. */
  received(entry: Entry, pubrel: StoredPacket): void {
    this.#bytes -= entry.packet.payload?.length ?? 0;
    this.#byIdentity.delete(identity(entry.packet));
    entry.packet = pubrel;
  }

  #freeMessageId(wanted: number): number {
    let id = wanted;
    while (this.#byMessageId.has(id)) id = id >= largestMessageId ? 1 : id + 1;
    return id;
  }

  #connectionOf(client: SessionOwner): number {
    if (this.#client?.deref() !== client) {
      this.#client = new WeakRef(client);
      this.#connection++;
    }
    return this.#connection;
  }

  #leaveBacklog(entry: Entry): void {
    if (this.#backlog.delete(entry) && this.#backlog.size === 0) this.#releaseWaiting();
  }

  /**
   * A turn later: Aedes writes when the promise of its turn has resolved, so the last of the backlog has its turn but is
   * not written yet.
   */
  #releaseWaiting(): void {
    queueMicrotask(() => {
      const waiting = this.#afterBacklog;
      this.#afterBacklog = [];
      for (const send of waiting) send();
    });
  }
}

function identity({ brokerId, brokerCounter }: Pick<StoredPacket, "brokerId" | "brokerCounter">): string {
  return `${brokerId}:${brokerCounter}`;
}
