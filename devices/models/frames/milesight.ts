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
  /** Bytes behind the two of the id. */
  readonly size: number;
  read(view: DataView, at: number, out: FrameYield): void;
}

/** A value measured just before it was sent. */
export const tlv = (id: number, ...fields: readonly Field[]): Tlv => ({
  id,
  size: sizeOf(fields),
  read: (view, at, out) => void readFields(fields, view, at, out),
});

/** Begins with the second of 1970 at which the rest was measured. */
export const history = (id: number, ...fields: readonly Field[]): Tlv =>
  historyOf(id, sizeOf(fields), (view, at, out) => void readFields(fields, view, at, out));

export const historyOf = (id: number, size: number, read: Tlv["read"]): Tlv => ({
  id,
  size: 4 + size,
  read(view, at, out) {
    out.measuredAt(view.getUint32(at, true));
    read(view, at + 4, out);
    out.measuredNow();
  },
});

/** Two answers of the probe that are no measurement. */
export const probeCodes = { 65535: "device-error", 65533: "out-of-range" } as const;
/** The same in signed channels. */
export const signedProbeCodes = { [-1]: "device-error", [-3]: "out-of-range" } as const;

const battery = tlv(0x0175, uint8(channel("power.batteryPercent", { unit: "%" })));

/** Something that is stepped over: its id, or the number of a setting, and the bytes behind it. */
export type Sized = readonly [id: number, size: number];

/** Bytes behind what a device says of itself after it joined: versions, serial number, class. */
const selfDescription = sized([
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
]);

/**
 * Bytes behind the answer to a setting: what is now in force. Values may follow in the same frame, so the lengths matter;
 * a model names those that only it has.
 */
const answers = answersOf([
  [0x02, 2],
  [0x03, 2],
  [0x06, 9],
  [0x10, 1],
  [0x11, 4],
  [0x17, 2],
  [0x18, 2],
  [0x1c, 2],
  [0x27, 1],
  [0x28, 1],
  [0x35, 8],
  [0x3b, 1],
  [0x4a, 1],
  [0x68, 1],
  [0x69, 1],
  [0x6a, 3],
  [0x84, 1],
  [0x96, 8],
  [0xf1, 4],
  [0xf2, 2],
  [0xf5, 1],
]);

export interface MilesightParts extends Omit<ModelParts, "read" | "vendor" | "version"> {
  readonly version?: number;
  readonly channels: readonly Tlv[];
  /** Bytes behind the answers to settings that other models do not have, by setting. */
  readonly answers?: readonly Sized[];
}

export function milesight({ version = 2, channels, answers: own = [], ...parts }: MilesightParts) {
  const entries = [
    ...channels.filter(({ id }) => isLive(id)).map(alarmOf),
    ...answers,
    ...answersOf(own),
    battery,
    ...selfDescription,
    ...channels,
  ];
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  return createModel({
    ...parts,
    version,
    vendor: "Milesight",
    read: (view, out) => readEntries(known, view, out),
  });
}

/** Channels of their own: below the alarms, and not the history's. */
const isLive = (id: number): boolean => id < 0x8000 && (id & 0xff) !== 0xce;

/** A value that crossed a limit comes under its channel plus 0x80, with a byte that says whether that began or ended. */
function alarmOf({ id, size, read }: Tlv): Tlv {
  return { id: id | 0x8000, size: size + 1, read };
}

/** Under 0xFE, and in old firmware 0xFF. */
function answersOf(settings: readonly Sized[]): Tlv[] {
  return [0xfe00, 0xff00].flatMap((from) => sized(settings.map(([setting, size]) => [from | setting, size])));
}

function sized(ids: readonly Sized[]): Tlv[] {
  return ids.map(([id, size]) => tlv(id, skip(size)));
}

function readEntries(known: ReadonlyMap<number, Tlv>, view: DataView, out: FrameYield): void {
  let at = 0;
  while (at + 2 <= view.byteLength) {
    const id = view.getUint16(at);
    const entry = known.get(id);
    const left = view.byteLength - at - 2;
    if (entry === undefined || entry.size > left) {
      refuseRest(id, at, entry?.size, left, out);
      return;
    }
    entry.read(view, at + 2, out);
    at += 2 + entry.size;
  }
  if (at < view.byteLength) out.refuse("wrong-shape", "one byte is left over; a channel and a type take two");
}

function refuseRest(id: number, at: number, size: number | undefined, left: number, out: FrameYield): void {
  const what = `channel and type 0x${id.toString(16).padStart(4, "0")} at byte ${at}`;
  if (size !== undefined)
    out.refuse("wrong-shape", `${what} have ${size} bytes; the frame ends after ${left}`);
  // Other answers to settings and commands (0xF0… to 0xFF…): no measurement, and nobody knows how long.
  else if (id < 0xf000) out.refuse("wrong-shape", `${what} are unknown: ${left + 2} bytes are unread`);
}
