import { type StoredPacket, waiting } from "./packet.ts";

/**
 * QoS 2 messages received and not yet released, by which a repetition is recognised. In memory only: after a restart a
 * repetition is taken for news, and what stands behind the broker stores the same reading once anyway.
 */
export class Incoming {
  readonly #clients = new Map<string, Map<number, StoredPacket>>();

  put(client: string, packet: StoredPacket): void {
    const packets = this.#clients.get(client) ?? new Map<number, StoredPacket>();
    this.#clients.set(client, packets);
    packets.set(packet.messageId!, { ...waiting(packet), messageId: packet.messageId });
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
