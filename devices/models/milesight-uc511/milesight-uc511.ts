import { channel, states } from "../frames/channel.ts";
import { type Field, skip, uint8, uint16LE, uint32LE } from "../frames/fields.ts";
import { history, historyOf, milesight, type Sized, type Tlv, tlv } from "../frames/milesight.ts";
import { valveCommands } from "./valve-commands.ts";

/** 0 closed, 1 open; 255 is an answer to a command. */
const position = (name: string) => channel(name, { unit: "1", codes: { 255: null } });
const count = (name: string) => channel(name, { unit: "1" });

/** The first valve's names have no number. */
const valves = ["", "2"].map((number) => ({
  open: position(`valve.open${number}`),
  pulses: count(`valve.pulses${number}`),
  input: count(`input.state${number}`),
}));
type Valve = (typeof valves)[number];
const [first, second] = valves as [Valve, Valve];

const pressure = uint16LE(channel("water.pressure", { unit: "kPa" }));
const pressureFailure: Field = uint8(
  states("pressure probe status", { 0: null, 1: "device-error", 2: "out-of-range" }),
);

const inputMode = 0x02;

/** A byte of bits (open, mode, input, which valve), then the count, which is one only while the input counts. */
const valveHistory = historyOf(0x20ce, 5, (view, at, out) => {
  const bits = view.getUint8(at);
  const valve = bits & 0x10 ? second : first;
  out.take(valve.open, bits & 0x01);
  if (bits & inputMode) out.take(valve.input, (bits >> 2) & 0x01);
  else out.take(valve.pulses, view.getUint32(at + 1, true));
});

export const valveChannels: readonly Tlv[] = [
  tlv(0x0301, uint8(first.open)),
  tlv(0x0501, uint8(second.open)),
  tlv(0x04c8, uint32LE(first.pulses)),
  tlv(0x06c8, uint32LE(second.pulses)),
  tlv(0x0701, uint8(first.input)),
  tlv(0x0801, uint8(second.input)),
  tlv(0x097b, pressure),
  tlv(0xb97b, pressureFailure),
  // An alarm of pressure: strategy, kind and limits, then the pressure itself, then whether it began or ended.
  tlv(0x0bf5, skip(6), pressure, skip(1)),
  // A task: its kind, where the valve is, where it should be.
  tlv(0x0eaf, skip(1), uint8(first.open), skip(1)),
  tlv(0x0faf, skip(1), uint8(second.open), skip(1)),
  valveHistory,
  history(0x21ce, pressure),
];

export const valveAnswers: readonly Sized[] = [
  [0x1e, 4],
  [0x46, 1],
  [0x4b, 3],
  [0x4c, 1],
  [0x4d, 6],
  [0x4e, 2],
  [0x4f, 5],
  [0x52, 4],
  [0x53, 29],
  [0x55, 29],
  [0x92, 5],
  [0xab, 3],
  [0xf3, 1],
];

export const milesightUc511 = milesight({
  name: "milesight-uc511",
  label: "UC511 solar valve controller",
  channels: valveChannels,
  answers: valveAnswers,
  downlinks: valveCommands,
});
