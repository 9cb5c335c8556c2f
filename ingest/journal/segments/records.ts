import type { Uplink } from "../../../devices/index.ts";
import type { JournaledUplink, Position } from "../journal.ts";

/**
 * A record is one uplink: f64 arrival in ms, u16 length of the device, u16 length of the topic, u32 length of the
 * payload, then the three of them. Little-endian, text in UTF-8.
 */
export const recordHeaderBytes = 16;

const mostTextBytes = 0xffff;

/** No MQTT packet is larger (§2.2.3), and a length beyond it would not fit a frame. */
export const mostPayloadBytes = 268_435_455;

/** What is wrong with an uplink that no record can hold; null when one can. */
export function unfit(uplink: Uplink): string | null {
  // Only a long text can have too many bytes: UTF-8 takes at most three for one UTF-16 unit.
  for (const name of ["device", "topic"] as const) {
    if (uplink[name].length * 3 > mostTextBytes && Buffer.byteLength(uplink[name]) > mostTextBytes) {
      return `its ${name} is longer than ${mostTextBytes} bytes`;
    }
  }
  return uplink.payload.length > mostPayloadBytes
    ? `its payload is longer than ${mostPayloadBytes} bytes`
    : null;
}

/** Room that `writeRecord` needs at most for this uplink. */
export function recordBytesAtMost(uplink: Uplink): number {
  return recordHeaderBytes + 3 * (uplink.device.length + uplink.topic.length) + uplink.payload.length;
}

/** Writes one record at `offset`. Returns the offset behind it. */
export function writeRecord(into: Buffer, offset: number, uplink: Uplink): number {
  const text = offset + recordHeaderBytes;
  const deviceBytes = into.write(uplink.device, text);
  const topicBytes = into.write(uplink.topic, text + deviceBytes);
  const payload = text + deviceBytes + topicBytes;
  into.writeDoubleLE(uplink.receivedAtMs, offset);
  into.writeUInt16LE(deviceBytes, offset + 8);
  into.writeUInt16LE(topicBytes, offset + 10);
  into.writeUInt32LE(uplink.payload.length, offset + 12);
  into.set(uplink.payload, payload);
  return payload + uplink.payload.length;
}

/** The uplinks of one unpacked frame. Their payloads are views into `body`. */
export function readRecords(body: Buffer, first: Position, count: number): JournaledUplink[] {
  const uplinks = new Array<JournaledUplink>(count);
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const topic = offset + recordHeaderBytes + body.readUInt16LE(offset + 8);
    const payload = topic + body.readUInt16LE(offset + 10);
    const end = payload + body.readUInt32LE(offset + 12);
    uplinks[index] = {
      position: first + index,
      device: body.toString("utf8", offset + recordHeaderBytes, topic),
      topic: body.toString("utf8", topic, payload),
      payload: body.subarray(payload, end),
      receivedAtMs: body.readDoubleLE(offset),
    };
    offset = end;
  }
  return uplinks;
}
