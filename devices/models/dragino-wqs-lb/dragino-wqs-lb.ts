import { type Channel, channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, optionalProbe } from "../frames/dragino.ts";
import { type Field, int16, readFields, sizeOf, skip, uint16, uint24 } from "../frames/fields.ts";
import type { FrameYield } from "../frames/frame-yield.ts";

/*
 * A station to which up to sixteen kinds of water probes are wired. Three bytes say which are; their numbers follow one
 * another in the order below.
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
  readonly size: number;
}
const probe = (byte: number, bit: number, ...fields: readonly Field[]): WaterProbe => ({
  byte,
  bit,
  fields,
  size: sizeOf(fields),
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

const head = [battery, optionalProbe, skip(1)];
const firstProbeAt = 8;

const data: FrameReader = (view, out) => {
  if (!hasBytes(view, firstProbeAt, out)) return;
  const wired = probes.filter(({ byte, bit }) => view.getUint8(byte) & (1 << bit));
  const needed = wired.reduce((size, probe) => size + probe.size, firstProbeAt);
  if (!hasBytes(view, needed, out)) return;
  readFields(head, view, 0, out);
  readProbes(wired, view, out);
};

/** Most probes measure the water's temperature, too. The first one's counts; the others' are extras. */
function readProbes(wired: readonly WaterProbe[], view: DataView, out: FrameYield): void {
  const seen = new Set<string>();
  let at = firstProbeAt;
  for (const { size, channel, read } of wired.flatMap(({ fields }) => fields)) {
    if (channel !== null) out.take(seen.has(channel.name) ? second(channel) : channel, read(view, at));
    if (channel !== null) seen.add(channel.name);
    at += size;
  }
}

const second = (channel: Channel): Channel => ({ ...channel, name: `${channel.name}2`, gauge: null });

export const draginoWqsLb = dragino({
  name: "dragino-wqs-lb",
  label: "WQS-LB water quality station",
  data,
});
