import { channel } from "./channel.ts";
import { createModel, type ModelParts } from "./create-model.ts";
import { type Field, readFields, sizeOf, skip, uint8 } from "./fields.ts";
import type { FrameYield } from "./frame-yield.ts";

/*
 * Milesight: channel, type, value, and again, little-endian; any subset in any order. The port is 85 unless somebody changed
 * it, so every port is read. Nothing in a frame tells the length of an unknown value: what follows it cannot be read.
 */

export interface Tlv {
  /** Channel and type: 0x0367. */
  readonly id: number;
  readonly fields: readonly Field[];
  /** Starts with the second of 1970 at which the rest was measured. */
  readonly isHistory: boolean;
}

export const tlv = (id: number, ...fields: readonly Field[]): Tlv => ({ id, fields, isHistory: false });
export const history = (id: number, ...fields: readonly Field[]): Tlv => ({ id, fields, isHistory: true });

/** Two answers of the probe that are no measurement. */
export const probeCodes = { 65535: "device-error", 65533: "out-of-range" } as const;
/** The same in signed channels. */
export const signedProbeCodes = { [-1]: "device-error", [-3]: "out-of-range" } as const;

const battery = tlv(0x0175, uint8(channel("power.batteryPercent", { unit: "%" })));

/** What a device says of itself after it joined: versions, serial number, class. */
const selfDescription = [
  [0xff01, 1],
  [0xff08, 6],
  [0xff09, 2],
  [0xff0a, 2],
  [0xff0b, 1],
  [0xff0f, 1],
  [0xff16, 8],
  [0xff18, 2],
  [0xfffe, 1],
  [0xffff, 2],
].map(([id, size]) => tlv(id as number, skip(size as number)));

export interface MilesightParts extends Omit<ModelParts, "read" | "vendor" | "version"> {
  readonly version?: number;
  readonly channels: readonly Tlv[];
}

export function milesight({ version = 1, channels, ...parts }: MilesightParts) {
  const known = new Map(
    [battery, ...selfDescription, ...channels].map((entry) => [
      entry.id,
      { ...entry, size: sizeOfEntry(entry) },
    ]),
  );
  return createModel({
    ...parts,
    version,
    vendor: "Milesight",
    read: (view, out) => readEntries(known, view, out),
  });
}

type Known = ReadonlyMap<number, Tlv & { readonly size: number }>;

function readEntries(known: Known, view: DataView, out: FrameYield): void {
  let at = 0;
  while (at + 2 <= view.byteLength) {
    const id = view.getUint16(at);
    const entry = known.get(id);
    const left = view.byteLength - at - 2;
    if (entry === undefined || entry.size > left) {
      refuseRest(id, at, entry?.size, left, out);
      return;
    }
    readEntry(entry, view, at + 2, out);
    at += 2 + entry.size;
  }
  if (at < view.byteLength) out.refuse("wrong-shape", "one byte is left over; a channel and a type take two");
}

function readEntry({ fields, isHistory }: Tlv, view: DataView, at: number, out: FrameYield): void {
  if (!isHistory) {
    readFields(fields, view, at, out);
    return;
  }
  out.measuredAt(view.getUint32(at, true));
  readFields(fields, view, at + 4, out);
  out.measuredNow();
}

function refuseRest(id: number, at: number, size: number | undefined, left: number, out: FrameYield): void {
  const what = `channel and type 0x${id.toString(16).padStart(4, "0")} at byte ${at}`;
  if (size !== undefined)
    out.refuse("wrong-shape", `${what} have ${size} bytes; the frame ends after ${left}`);
  // Answers to settings and commands (0xF0… to 0xFF…) carry no measurement, and none follows them.
  else if (id < 0xf000) out.refuse("wrong-shape", `${what} are unknown: ${left + 2} bytes are unread`);
}

const sizeOfEntry = ({ fields, isHistory }: Tlv) => sizeOf(fields) + (isHistory ? 4 : 0);
