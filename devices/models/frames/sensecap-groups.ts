import { channel } from "./channel.ts";
import type { FrameReader } from "./create-model.ts";
import { type Field, readFields, sizeOf, skip, uint8 } from "./fields.ts";
import type { FrameYield } from "./frame-yield.ts";

/*
 * SenseCAP's second dialect (S2120, data logger S2100): a data id of one byte, its fields at fixed places, big-endian, and
 * the next data id.
 */

export interface Group {
  /** Bytes behind the data id. */
  readonly size: number;
  read(view: DataView, at: number, out: FrameYield): void;
}
export type Groups = Readonly<Record<number, Group>>;

export function group(...fields: readonly Field[]): Group {
  return { size: sizeOf(fields), read: (view, at, out) => void readFields(fields, view, at, out) };
}

const battery = uint8(channel("power.batteryPercent", { unit: "%" }));
const error: Group = {
  size: 1,
  read: (view, at, out) => {
    if (view.getUint8(at) !== 0) out.flag("device-error");
  },
};

/** What every such device says of itself: battery, versions, intervals, errors, the probe's serial number. */
const selfDescription: Groups = {
  3: group(battery),
  4: group(battery, skip(8)),
  5: group(skip(4)),
  6: error,
  16: group(skip(9)),
};

export function groups(own: Groups): FrameReader {
  const known: Groups = { ...selfDescription, ...own };
  return (view, out) => {
    for (let at: number | null = 0; at !== null && at < view.byteLength; )
      at = readGroup(known, view, at, out);
  };
}

/** Where the next group begins; null when it cannot be known. */
function readGroup(known: Groups, view: DataView, at: number, out: FrameYield): number | null {
  const id = view.getUint8(at);
  const found = known[id];
  const left = view.byteLength - at - 1;
  if (found !== undefined && found.size <= left) {
    found.read(view, at + 1, out);
    return at + 1 + found.size;
  }
  const told =
    found === undefined
      ? `data id ${id} at byte ${at} is unknown: ${left + 1} bytes are unread`
      : `data id ${id} has ${found.size} bytes; the frame ends after ${left}`;
  out.refuse("wrong-shape", told);
  return null;
}
