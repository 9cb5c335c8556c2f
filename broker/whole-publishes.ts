import type { AedesClient, PacketParser } from "./aedes-client.ts";
import type { BrokerLimits } from "./broker-settings.ts";

const publish = 3;
const topicLengthBytes = 2;
const messageIdBytes = 2;

/**
 * Nearly everything that nodes send is one PUBLISH in one chunk of the socket. Such are read here, straight from the chunk:
 * in 0.9 µs instead of the 4 to 5 that mqtt-packet's list of buffers takes, and without the garbage that it leaves with each
 * connection for longer than the young generation lasts. Everything else (pieces, QoS 2, too large, not well-formed) is left
 * to mqtt-packet, which knows what is to be said of it.
 *
 * For clients that were let in: a version 3.1 or 3.1.1 is all that they can speak.
 */
export function createWholePublishes({
  maxPacketBytes,
}: Pick<BrokerLimits, "maxPacketBytes">): (client: Pick<AedesClient, "_parser">) => void {
  return ({ _parser: parser }) => {
    const parse = parser.parse;
    parser.parse = function parseChunk(this: PacketParser, chunk: Buffer): number {
      const read = isBetweenPackets(this) ? readPublishes(this, chunk, maxPacketBytes) : 0;
      if (read === chunk.length) return 0;
      return parse.call(this, read === 0 ? chunk : chunk.subarray(read));
    };
  };
}

function isBetweenPackets({ _list, _stateCounter, packet, error }: PacketParser): boolean {
  return _list.length === 0 && _stateCounter === 0 && packet.length === -1 && !error;
}

/** @returns how many bytes of the chunk were whole packets that are told of */
function readPublishes(parser: PacketParser, chunk: Buffer, maxPacketBytes: number): number {
  for (let start = 0; ; ) {
    const first = chunk[start];
    if (first === undefined || first >> 4 !== publish) return start;
    const qos = (first >> 1) & 3;
    if (qos > 1) return start;
    // The length: seven bits a byte, the least significant first. Four bytes would be more than any limit of ours.
    let at = start + 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = chunk[at++];
      if (byte === undefined || shift > 14) return start;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const end = at + length;
    if (end > chunk.length || length > maxPacketBytes || length < topicLengthBytes) return start;
    const topicAt = at + topicLengthBytes;
    const topicEnd = topicAt + chunk.readUInt16BE(at);
    const payloadAt = topicEnd + (qos === 0 ? 0 : messageIdBytes);
    if (payloadAt > end) return start;
    parser.emit("packet", {
      cmd: "publish",
      retain: (first & 1) !== 0,
      qos,
      dup: (first & 8) !== 0,
      length,
      topic: chunk.toString("utf8", topicAt, topicEnd),
      payload: chunk.subarray(payloadAt, end),
      messageId: qos === 0 ? undefined : chunk.readUInt16BE(topicEnd),
    });
    start = end;
  }
}
