import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, eachLogEntry } from "../frames/dragino.ts";
import { type Field, int16, readFields, uint16, uint32 } from "../frames/fields.ts";
import type { FrameYield } from "../frames/frame-yield.ts";

const builtIn = [
  int16(channel("air.temperature", { unit: "Cel", over: 100, codes: { 32767: "device-error" } })),
  uint16(channel("air.relativeHumidity", { unit: "%", over: 10, codes: { 4095: "device-error" } }), 0xfff),
];
/** On a cable: in the air, in water or in the ground, which only its owner knows. */
const probe = int16(
  channel("probe.temperature", { unit: "Cel", over: 100, codes: { 32767: "probe-absent" } }),
);
const light = uint16(channel("air.lightIntensity", { unit: "lx" }));
const voltage = uint16(channel("probe.voltage", { unit: "mV" }));
const count16 = uint16(channel("probe.count", { unit: "1" }));
/** A whole byte that is zero or not. */
const input: Field = {
  size: 1,
  channel: channel("input.state", { unit: "1" }),
  read: (view, at) => Math.min(view.getUint8(at), 1),
};
const probeHumidity = uint16(channel("probe.relativeHumidity", { unit: "%", over: 10 }), 0xfff);

/** By the low half of the status byte: what hangs on the cable. */
const onTheCable: Readonly<Record<number, readonly Field[]>> = {
  1: [probe],
  2: [probe],
  4: [input],
  5: [light],
  6: [voltage],
  7: [count16],
  8: [uint32(channel("probe.count", { unit: "1" }))],
  11: [probe, probeHumidity],
};
/** By the whole status byte: the probe's serial number (14: something unpublished) stands where the built-in values are. */
const withoutBuiltIn: Readonly<Record<number, readonly Field[]>> = {
  14: [],
  15: [],
  16: [probe, probeHumidity],
  32: [probe],
};
/** The probe's value stands in the place of the battery, and the time of measurement behind the status byte. */
const timed = new Set([9, 10]);

const statusAt = 6;
const pollReply = 0x40;
const highest = 0x80;

export interface Lht65Firmware {
  /** The highest status bit marks an entry sent again; in older firmware it says that the probe is off its cable. */
  readonly sendsAgain: boolean;
}

export function lht65Data({ sendsAgain }: Lht65Firmware): FrameReader {
  const logBits = sendsAgain ? pollReply | highest : pollReply;
  return (view, out) => {
    if (!hasBytes(view, 7, out)) return;
    if (view.getUint8(statusAt) & logBits) log(view, out);
    else if (view.getUint8(statusAt) === 0 || hasBytes(view, 11, out)) readLive(view, out);
  };
}

function readLive(view: DataView, out: FrameYield): void {
  const status = view.getUint8(statusAt);
  if (status & highest) out.flag("probe-absent");
  if (timed.has(status & 0x0f)) {
    out.measuredAt(view.getUint32(statusAt + 1));
    readFields([probe, ...builtIn], view, 0, out);
    return;
  }
  readFields([battery], view, 0, out);
  const special = withoutBuiltIn[status];
  if (special === undefined) readFields(builtIn, view, 2, out);
  readFields(special ?? onTheCable[status & 0x0f] ?? [], view, statusAt + 1, out);
}

/** By the low half of the status byte: what stands first in an entry of the log, in the place of the battery. */
const firstInLog: Readonly<Record<number, readonly Field[]>> = {
  1: [probe],
  2: [probe],
  4: [input],
  5: [light],
  6: [voltage],
  7: [count16],
  8: [count16],
  9: [probe],
  10: [probe],
  11: [probe],
  12: [probe],
  14: [count16],
};

const log = eachLogEntry((view, at, out) => {
  readFields(firstInLog[view.getUint8(at + statusAt) & 0x0f] ?? [], view, at, out);
  readFields(builtIn, view, at + 2, out);
});

const data = lht65Data({ sendsAgain: false });

export const draginoLht65 = dragino({
  name: "dragino-lht65",
  version: 2,
  label: "LHT65 air temperature and humidity, with a probe on a cable",
  data,
  datalog: data,
});
