import { type Channel, channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, eachLogEntry, optionalProbe } from "../frames/dragino.ts";
import { type Field, int16, readFields, sizeOf, skip, uint16, uint24 } from "../frames/fields.ts";
import type { FrameYield } from "../frames/frame-yield.ts";

/*
 * A station to which up to sixteen kinds of water probes are wired. Three bytes say which are; their numbers follow one
 * another in the order below. The first firmware had six of them, one byte that says which, and no temperatures.
 */

const tenths = (name: string, unit: string): Field => uint16(channel(name, { unit, over: 10 }));
const hundredths = (name: string, unit: string): Field => uint16(channel(name, { unit, over: 100 }));

const temperature = int16(channel("water.temperature", { unit: "Cel", over: 10 }));
const turbidity = tenths("water.turbidity", "{NTU}");
const ec = uint16(channel("water.ec", { unit: "uS/cm" }));
const ecTens = uint16(channel("water.ec", { unit: "uS/cm", times: 10 }));
const ph = hundredths("water.ph", "[pH]");
const oxygen = hundredths("water.dissolvedOxygen", "mg/L");
const oxygenTemperature = int16(channel("water.temperature", { unit: "Cel", over: 100 }));
const chlorine = hundredths("water.chlorine", "mg/L");

interface WaterProbe {
  /** Byte and bit that say that it is wired. */
  readonly byte: number;
  readonly bit: number;
  readonly fields: readonly Field[];
}
const probe = (byte: number, bit: number, ...fields: readonly Field[]): WaterProbe => ({
  byte,
  bit,
  fields,
});

const probes: readonly WaterProbe[] = [
  probe(7, 5, turbidity),
  probe(7, 4, oxygen, oxygenTemperature),
  probe(7, 3, int16(channel("water.orp", { unit: "mV" }))),
  probe(7, 2, ecTens, temperature),
  probe(7, 1, ec, temperature),
  probe(7, 0, ph, temperature),
  probe(7, 6, chlorine),
  probe(7, 7, chlorine),
  probe(6, 1, turbidity, temperature),
  probe(6, 2, turbidity, temperature),
  probe(6, 0, uint24(channel("water.ec", { unit: "uS/cm" })), tenths("water.salinity", "{PSU}"), temperature),
  probe(6, 3, tenths("water.dissolvedOxygenSaturation", "%"), oxygen, temperature),
  probe(6, 4, tenths("water.cod", "mg/L"), temperature, turbidity),
  probe(6, 5, ph, temperature),
  probe(6, 6, ecTens, temperature),
  probe(6, 7, ec, temperature),
  probe(5, 0, oxygen, oxygenTemperature),
];

/** By bit, the highest first: the probes of the first firmware, a word each. */
const firstProbes: readonly (readonly [bit: number, field: Field])[] = probes
  .slice(0, 6)
  .map(({ bit, fields }) => [bit, fields[0] as Field]);

const head = [battery, optionalProbe, skip(1)];
const firstProbeAt = 8;
const firstFirmwareProbeAt = 5;

const data: FrameReader = (view, out) => {
  if (!hasBytes(view, firstFirmwareProbeAt, out)) return;
  const isFirst = isFirstFirmware(view);
  const from = isFirst ? firstFirmwareProbeAt : firstProbeAt;
  if (!hasBytes(view, from, out)) return;
  const wired = isFirst ? wiredAtFirst(view.getUint8(4)) : wiredTo(view);
  if (!hasBytes(view, from + sizeOf(wired), out)) return;
  readFields(head, view, 0, out);
  readProbes(wired, view, from, out);
};

/** Today byte 4 says only whether an interrupt (1) sent the frame; then it said which probes are wired. */
function isFirstFirmware(view: DataView): boolean {
  const bits = view.getUint8(4) & 0x3f;
  return bits > 1 || view.byteLength === firstFirmwareProbeAt + 2 * bits;
}

function wiredTo(view: DataView): readonly Field[] {
  return probes.filter(({ byte, bit }) => view.getUint8(byte) & (1 << bit)).flatMap(({ fields }) => fields);
}

function wiredAtFirst(bits: number): readonly Field[] {
  return firstProbes.filter(([bit]) => bits & (1 << bit)).map(([, field]) => field);
}

/** The first firmware's log: the numbers of at most three probes; which, stands in the status byte. */
const log = eachLogEntry((view, at, out) => {
  readFields(wiredAtFirst(view.getUint8(at + 6)).slice(0, 3), view, at, out);
});

/** Most probes measure the water's temperature, too. The first one's counts, a second is named so, more are extras. */
function readProbes(fields: readonly Field[], view: DataView, from: number, out: FrameYield): void {
  const seen = new Map<string, number>();
  let at = from;
  for (const { size, channel, read } of fields) {
    if (channel !== null) {
      const number = (seen.get(channel.name) ?? 0) + 1;
      seen.set(channel.name, number);
      out.take(again(channel, number), read(view, at));
    }
    at += size;
  }
}

/** The numbers of a repeated probe, already in the unit of the first. */
function again(first: Channel, number: number): Channel {
  if (number === 1) return first;
  const known = repeated.get(first) ?? [];
  repeated.set(first, known);
  known[number] ??= repetition(first, number);
  return known[number];
}

/** By the channel of the first probe and the number of the further one; as many as probes can be wired. */
const repeated = new Map<Channel, Channel[]>();

function repetition({ name, unit, times, over, plus }: Channel, number: number): Channel {
  return { ...channel(`${name}${number}`, { unit }), times, over, plus };
}

export const draginoWqsLb = dragino({
  name: "dragino-wqs-lb",
  label: "WQS-LB water quality station",
  version: 2,
  data,
  datalog: log,
});
