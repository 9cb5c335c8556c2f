/** A PUBLISH as Aedes hands it to its persistence, or the PUBREL that takes its place in QoS 2. */
export interface StoredPacket {
  cmd: "publish" | "pubrel";
  topic: string;
  payload: Uint8Array | string;
  qos: 0 | 1 | 2;
  retain: boolean;
  dup?: boolean;
  /** With the counter, the identity of the message inside one life of the broker. */
  brokerId?: string;
  brokerCounter?: number;
  messageId?: number | undefined;
}

/** What Aedes passes for a client: of it, only the id is needed. */
export interface SessionOwner {
  readonly id: string;
}

/**
 * A copy in memory of its own. The payload that Aedes passes is a window into the chunk read from the socket (up to
 * 64 KiB) and would keep all of it; so would Node's pool for small buffers.
 */
export function ownPayload(payload: Uint8Array | string): Uint8Array | string {
  if (typeof payload === "string") return payload;
  const copy = Buffer.allocUnsafeSlow(payload.length);
  copy.set(payload);
  return copy;
}

/** The packet as it waits in a queue: without the identifier of whoever sent it, which means nothing to the receiver. */
export function waiting(packet: StoredPacket): StoredPacket {
  return {
    cmd: packet.cmd ?? "publish",
    brokerId: packet.brokerId!,
    brokerCounter: packet.brokerCounter ?? 0,
    topic: packet.topic,
    payload: ownPayload(packet.payload),
    qos: packet.qos,
    retain: packet.retain ?? false,
    dup: packet.dup ?? false,
    messageId: undefined,
  };
}

/** Bytes as SQLite stores them. */
export function blob(payload: Uint8Array | string): Uint8Array {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}
