import { channel } from "../frames/channel.ts";
import { type Field, skip, uint8, uint16LE, uint32LE } from "../frames/fields.ts";
import { history, milesight, type Tlv, tlv } from "../frames/milesight.ts";
import { valveCommands } from "./valve-commands.ts";

const one = (name: string, codes?: Record<number, null>): Field =>
  uint8(channel(name, { unit: "1", ...(codes === undefined ? {} : { codes }) }));

/** 0 closed, 1 open; 255 is an answer to a command. */
const valve1 = one("valve1.open", { 255: null });
const valve2 = one("valve2.open", { 255: null });
const pulses = (name: string): Field => uint32LE(channel(name, { unit: "1" }));
const pressure = uint16LE(channel("water.pressure", { unit: "kPa" }));
const pressureFailure = uint8(
  channel("probe.failure", { unit: "1", codes: { 0: null, 1: "device-error", 2: "out-of-range" } }),
);

/** A byte that is four numbers: which valve, its position, its input. Read in place, then stepped over. */
const bit = (name: string, position: number, plus = 0): Field => ({
  size: 0,
  channel: channel(name, { unit: "1", plus }),
  read: (view, at) => (view.getUint8(at) >> position) & 1,
});

export const valveChannels: readonly Tlv[] = [
  tlv(0x0301, valve1),
  tlv(0x0501, valve2),
  tlv(0x04c8, pulses("valve1.pulses")),
  tlv(0x06c8, pulses("valve2.pulses")),
  tlv(0x0701, one("gpio1.high")),
  tlv(0x0801, one("gpio2.high")),
  tlv(0x097b, pressure),
  tlv(0xb97b, pressureFailure),
  // An alarm of pressure: strategy, kind and limits, then the pressure itself, then whether it began or ended.
  tlv(0x0bf5, skip(6), pressure, skip(1)),
  // A task: its kind, where the valve is, where it should be.
  tlv(0x0eaf, skip(1), valve1, skip(1)),
  tlv(0x0faf, skip(1), valve2, skip(1)),
  history(
    0x20ce,
    bit("history.valve", 4, 1),
    bit("history.open", 0),
    bit("history.gpio", 2),
    skip(1),
    pulses("history.pulses"),
  ),
  history(0x21ce, pressure),
];

export const milesightUc511 = milesight({
  name: "milesight-uc511",
  label: "UC511 solar valve controller",
  channels: valveChannels,
  downlinks: valveCommands,
});
