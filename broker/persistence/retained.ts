import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { TopicIndex } from "../matching/topic-index.ts";
import type { GroupCommit, Row } from "./group-commit.ts";
import { blob, ownPayload, type StoredPacket } from "./packet.ts";

export interface RetainedLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** Of one message. */
  readonly maxPayloadBytes: number;
}

/** The last retained message of each topic. */
export class Retained {
  readonly #messages = new Map<string, StoredPacket>();
  readonly #topics = new TopicIndex();
  #bytes = 0;
  #refused = 0;
  readonly #limits: RetainedLimits;
  readonly #commit: () => GroupCommit;
  readonly #put;
  readonly #drop;

  constructor(db: DatabaseSync, commit: () => GroupCommit, limits: RetainedLimits) {
    this.#commit = commit;
    this.#limits = limits;
    this.#put = db.prepare("INSERT OR REPLACE INTO retained (topic, payload, qos) VALUES (?, ?, ?)");
    this.#drop = db.prepare("DELETE FROM retained WHERE topic = ?");
  }

  load(db: DatabaseSync): void {
    for (const row of db.prepare("SELECT topic, payload, qos FROM retained").iterate()) {
      const payload = ownPayload(row.payload as Uint8Array);
      const qos = row.qos as 0 | 1 | 2;
      this.#keep({ cmd: "publish", topic: row.topic as string, payload, qos, retain: true });
    }
  }

  get usage() {
    return { messages: this.#messages.size, bytes: this.#bytes, refused: this.#refused };
  }

  /**
   * Keeps the message in place of the topic's last one; an empty payload clears the topic [MQTT-3.3.1-10].
   * What goes beyond the limits is not kept (and counted): it was delivered, and newcomers do not see it.
   */
  store(packet: StoredPacket): void {
    const { topic, payload, qos } = packet;
    const fits = this.#fits(topic, payload.length);
    if (!fits) this.#refused++;
    if (!fits || payload.length === 0) {
      // Too large as well: the topic's older message must not pass for the newest.
      this.#clear(topic);
      return;
    }
    const own = ownPayload(payload);
    this.#keep({ ...packet, payload: own });
    this.#commit().write(this.#put, topic, blob(own), qos);
  }

  /** Each message that one of the filters matches, once. */
  *match(filters: readonly string[]): Iterable<StoredPacket> {
    const seen = new Set<string>();
    for (const filter of filters) {
      for (const topic of this.#topics.match(filter, (each) => this.#messages.has(each))) {
        if (seen.has(topic)) continue;
        seen.add(topic);
        const packet = this.#messages.get(topic);
        if (packet !== undefined) yield packet;
      }
    }
  }

  *rows(): Iterable<Row> {
    for (const { topic, payload, qos } of this.#messages.values()) {
      yield { statement: this.#put, values: [topic, blob(payload), qos] };
    }
  }

  #fits(topic: string, size: number): boolean {
    const replaced = this.#messages.get(topic);
    const { maxMessages, maxBytes, maxPayloadBytes } = this.#limits;
    if (size > maxPayloadBytes) return false;
    if (replaced === undefined && this.#messages.size >= maxMessages) return false;
    return this.#bytes - (replaced?.payload.length ?? 0) + size <= maxBytes;
  }

  #keep(packet: StoredPacket): void {
    const replaced = this.#messages.get(packet.topic);
    if (replaced === undefined) this.#topics.add(packet.topic);
    this.#bytes += packet.payload.length - (replaced?.payload.length ?? 0);
    this.#messages.set(packet.topic, packet);
  }

  #clear(topic: string): void {
    const packet = this.#messages.get(topic);
    if (packet === undefined) return;
    this.#bytes -= packet.payload.length;
    this.#messages.delete(topic);
    this.#topics.remove(topic);
    this.#commit().write(this.#drop, topic);
  }
}
