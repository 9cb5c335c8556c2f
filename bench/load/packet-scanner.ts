export interface ScannedPackets {
  puback(messageId: number): void;
  connack(returnCode: number): void;
}

const connackType = 2;
const pubackType = 4;

/** Finds the two packets that matter to a sender in what a broker sends, and steps over all others without parsing them. */
export class PacketScanner {
  readonly #packets: ScannedPackets;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of a packet of no interest that have yet to come. */
  #skip = 0;
  #pubacks = 0;

  constructor(packets: ScannedPackets) {
    this.#packets = packets;
  }

  /** Takes the next bytes. Returns how many PUBACKs were among them. */
  push(chunk: Buffer): number {
    const before = this.#pubacks;
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = Math.min(this.#skip, bytes.length);
    this.#skip -= at;
    while (at < bytes.length) {
      const after = this.#packet(bytes, at);
      if (after === null) break;
      at = after;
    }
    this.#rest = bytes.subarray(at);
    return this.#pubacks - before;
  }

  /** Handles the packet at `at`. Returns where the next one begins; null when more bytes are needed to know. */
  #packet(bytes: Buffer, at: number): number | null {
    const type = bytes[at]! >> 4;
    const length = remainingLength(bytes, at + 1);
    if (length === null) return null;
    const end = length.bodyAt + length.bytes;
    if (type === pubackType || type === connackType) {
      if (end > bytes.length) return null;
      this.#tell(type, bytes, length.bodyAt);
      return end;
    }
    this.#skip = Math.max(0, end - bytes.length);
    return Math.min(end, bytes.length);
  }

  #tell(type: number, bytes: Buffer, bodyAt: number): void {
    if (type === connackType) {
      this.#packets.connack(bytes[bodyAt + 1]!);
    } else {
      this.#pubacks += 1;
      this.#packets.puback(bytes.readUInt16BE(bodyAt));
    }
  }
}

/** The variable byte integer of MQTT 3.1.1 §2.2.3; null when it is not all there. */
function remainingLength(bytes: Buffer, at: number): { bytes: number; bodyAt: number } | null {
  let length = 0;
  for (let digit = 0; digit < 4; digit++) {
    const byte = bytes[at + digit];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** digit;
    if (byte < 0x80) return { bytes: length, bodyAt: at + digit + 1 };
  }
  throw new Error("the broker sent a remaining length of more than four bytes");
}
