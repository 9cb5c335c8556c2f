import { type StoredPacket, waiting } from "./packet.ts";

/**
 * Aedes only asks whether a message is there and routes the one that it received: a client that leaves a thousand large
 * ones unreleased must not fill the memory with them.
 */
const longestPayload = 4_096;

/**
 * QoS 2 messages received and not yet released, by which a repetition is recognised. In memory only: after a restart a
 * repetition is taken for news, and what stands behind the broker stores the same reading once anyway.
 */
export class Incoming {
  readonly #clients = new Map<string, Map<number, StoredPacket>>();

  put(client: string, packet: StoredPacket): void {
    const packets = this.#clients.get(client) ?? new Map<number, StoredPacket>();
    this.#clients.set(client, packets);
    const remembered = packet.payload.length <= longestPayload ? packet : { ...packet, payload: "" };
    packets.set(packet.messageId!, { ...waiting(remembered), messageId: packet.messageId });
  }

  /** @throws when there is none: Aedes asks so */
  get(client: string, messageId: number): StoredPacket {
    const packet = this.#clients.get(client)?.get(messageId);
    if (packet === undefined) throw new Error("no such packet");
    return packet;
  }

  /** @throws when there is none */
  drop(client: string, messageId: number): void {
    this.get(client, messageId);
    const packets = this.#clients.get(client)!;
    packets.delete(messageId);
    if (packets.size === 0) this.#clients.delete(client);
  }

  end(client: string): void {
    this.#clients.delete(client);
  }
}
