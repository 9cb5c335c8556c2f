import type { Channel } from "./channel.ts";
import type { FrameYield } from "./frame-yield.ts";

/** A number at a fixed place of a frame. Fields follow one another without gaps; `skip` makes the gaps. */
export interface Field {
  readonly size: number;
  /** Null when nobody needs what stands there. */
  readonly channel: Channel | null;
  read(view: DataView, at: number): number;
}

const field = (size: number, channel: Channel, read: Field["read"]): Field => ({ size, channel, read });

export const uint8 = (channel: Channel, mask = 0xff): Field =>
  field(1, channel, (view, at) => view.getUint8(at) & mask);

/** Big-endian, as networks have it. */
export const uint16 = (channel: Channel, mask = 0xffff): Field =>
  field(2, channel, (view, at) => view.getUint16(at) & mask);
export const int16 = (channel: Channel): Field => field(2, channel, (view, at) => view.getInt16(at));
export const uint24 = (channel: Channel): Field =>
  field(3, channel, (view, at) => view.getUint8(at) * 0x10000 + view.getUint16(at + 1));
export const uint32 = (channel: Channel): Field => field(4, channel, (view, at) => view.getUint32(at));

export const uint16LE = (channel: Channel): Field =>
  field(2, channel, (view, at) => view.getUint16(at, true));
export const int16LE = (channel: Channel): Field => field(2, channel, (view, at) => view.getInt16(at, true));
export const uint32LE = (channel: Channel): Field =>
  field(4, channel, (view, at) => view.getUint32(at, true));

export const skip = (size: number): Field => ({ size, channel: null, read: () => 0 });

export function sizeOf(fields: readonly Field[]): number {
  return fields.reduce((size, field) => size + field.size, 0);
}

/** Reads fields from `at` on; the caller has made sure that the frame is long enough. Returns where the next byte stands. */
export function readFields(fields: readonly Field[], view: DataView, at: number, out: FrameYield): number {
  let next = at;
  for (const { size, channel, read } of fields) {
    if (channel !== null) out.take(channel, read(view, next));
    next += size;
  }
  return next;
}

/** Whether nothing but zeros stands there: how many instruments tell that their probe is not. */
export function isZero(view: DataView, from: number, size: number): boolean {
  for (let at = from; at < from + size; at++) if (view.getUint8(at) !== 0) return false;
  return true;
}
