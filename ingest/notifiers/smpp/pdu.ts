/** Commands that we use (SMPP 3.4 §5.1.2.1). An answer has the number of its question, with the highest bit set. */
export const commands = {
  genericNack: 0x8000_0000,
  submitSm: 0x0000_0004,
  deliverSm: 0x0000_0005,
  unbind: 0x0000_0006,
  bindTransceiver: 0x0000_0009,
  enquireLink: 0x0000_0015,
} as const;
const answerBit = 0x8000_0000;

/** Outcomes that we look at or give (§5.1.3). */
export const statuses = {
  ok: 0x00,
  invalidCommandId: 0x03,
  systemError: 0x08,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  queueFull: 0x14,
  submitFailed: 0x45,
  throttled: 0x58,
  temporaryError: 0x64,
  permanentError: 0x65,
} as const;

/** One packet of the protocol. */
export interface Pdu {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export const answerTo = (command: number): number => (command | answerBit) >>> 0;
export const isAnswer = (command: number): boolean => command >= answerBit;

const headerBytes = 16;
/** Nobody sends us more: the longest text takes some 64 kB in a field of its own. */
const mostPduBytes = 70_000;

/** §3.2: four numbers of four octets, then the body. */
export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(headerBytes + body.length, 0);
  header.writeUInt32BE(command, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

/**
 * Takes bytes as they arrive and gives the packets that are complete.
 * @throws RangeError at a length that no packet has: from there on nothing can be read
 */
export function createPduReader(): (bytes: Buffer) => Pdu[] {
  let waiting: Buffer = Buffer.alloc(0);
  return (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    const complete: Pdu[] = [];
    while (waiting.length >= headerBytes) {
      const length = waiting.readUInt32BE(0);
      if (length < headerBytes || length > mostPduBytes)
        throw new RangeError(`a packet says that it has ${length} octets`);
      if (waiting.length < length) break;
      complete.push({
        command: waiting.readUInt32BE(4),
        status: waiting.readUInt32BE(8),
        sequence: waiting.readUInt32BE(12),
        body: Buffer.from(waiting.subarray(headerBytes, length)),
      });
      waiting = waiting.subarray(length);
    }
    return complete;
  };
}
