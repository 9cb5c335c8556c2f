import { percentOf } from "./frame-encoder.ts";

/** Milesight's frames: a channel, a type, then the value; little-endian. On FPort 85. */
export const milesightPort = 85;

/** One entry: channel and type as one number, and how many bytes the value has. */
export interface Entry {
  readonly channel: number;
  readonly size: 1 | 2;
  readonly raw: number;
}

/** Codes in the place of a value. */
export const collectFailed = 0xffff;
export const warmingUp = 0xfffe;

export function milesightBytes(volts: number, entries: readonly Entry[]): Uint8Array {
  const bytes = new Uint8Array(3 + entries.reduce((sum, { size }) => sum + 2 + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x0175);
  view.setUint8(2, percentOf(volts));
  let at = 3;
  for (const { channel, size, raw } of entries) {
    view.setUint16(at, channel);
    if (size === 1) view.setUint8(at + 2, raw & 0xff);
    else view.setUint16(at + 2, raw & 0xffff, true);
    at += 2 + size;
  }
  return bytes;
}
