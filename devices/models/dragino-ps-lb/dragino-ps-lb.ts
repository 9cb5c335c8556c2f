import { type Channel, channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { burst, dragino, eachLogEntry } from "../frames/dragino.ts";
import { readFields, uint16, uint32 } from "../frames/fields.ts";
import type { FrameYield } from "../frames/frame-yield.ts";

/*
 * A current loop: 4 mA is the low end of the probe's range, 20 mA the high one. Which probe it is stands in the frame, as its
 * owner has set it: kind, and range.
 */

const battery = uint16(channel("power.battery", { unit: "mV" }));
const voltage = uint16(channel("probe.voltage", { unit: "mV" }));
const pulses = uint32(channel("probe.count", { unit: "1" }));
const current = channel("probe.current", { unit: "mA", over: 1000 });
const depth = channel("water.depth", { unit: "m" });
const pressure = channel("water.pressure", { unit: "kPa" });
const difference = channel("probe.pressureDifference", { unit: "Pa" });

type Range = readonly [low: number, high: number];

/** By the range byte, in kPa: probes A to L. */
const pressureRanges: Readonly<Record<number, Range>> = {
  1: [0, 600],
  2: [0, 1000],
  3: [0, 1600],
  4: [0, 2500],
  5: [0, 10_000],
  6: [0, 40_000],
  7: [0, 60_000],
  8: [0, -100],
  9: [-100, 100],
  10: [0, 5],
  11: [0, 50],
  12: [0, 100],
};
/** By the range byte, in Pa. */
const differenceRanges: Readonly<Record<number, Range>> = {
  1: [0, 100],
  2: [0, 200],
  3: [0, 300],
  4: [0, 1000],
  5: [0, 2000],
  6: [0, 3000],
  7: [0, 4000],
  8: [0, 5000],
  9: [0, 10_000],
  10: [-100, 100],
  11: [-200, 200],
  12: [-1000, 1000],
};

interface Probe {
  readonly channel: Channel;
  readonly range: Range | undefined;
}

function probeOf(kind: number, range: number): Probe | undefined {
  // Of a depth probe the byte is its range in metres.
  if (kind === 0) return { channel: depth, range: [0, range] };
  if (kind === 1) return { channel: pressure, range: pressureRanges[range] };
  if (kind === 2) return { channel: difference, range: differenceRanges[range] };
  return undefined;
}

/** NAMUR NE 43: below 3.6 mA the wire is broken, above 21 mA the probe reports its own failure. */
const brokenBelowUa = 3600;
const failedAboveUa = 21_000;

function readLoop(kind: number, range: number, microamperes: number, out: FrameYield): void {
  out.take(current, microamperes);
  const probe = probeOf(kind, range);
  if (probe?.range === undefined) {
    out.refuse("wrong-shape", `probe ${kind}/${range} is none; right is the AT+PROBE of the probe's label`);
  } else if (microamperes < brokenBelowUa) out.flag("probe-absent");
  else if (microamperes > failedAboveUa) out.flag("device-error");
  else out.give(probe.channel, inRange(probe.range, microamperes));
}

function inRange([low, high]: Range, microamperes: number): number {
  // What a dry or idle probe lacks of 4 mA is its tolerance, not a negative depth.
  const share = Math.max(microamperes - 4000, 0) / 16_000;
  return Math.round((low + (high - low) * share) * 1e6) / 1e6;
}

const data: FrameReader = (view, out) => {
  if (!hasBytes(view, 9, out)) return;
  readFields([battery], view, 0, out);
  readFields([voltage], view, 6, out);
  readLoop(view.getUint8(2), view.getUint8(3), view.getUint16(4), out);
  // Firmware 1.2.7 counts pulses where its owner asked for it.
  if (view.byteLength >= 13) readFields([pulses], view, 9, out);
};

/** In the log the voltage comes before the current. */
const log = eachLogEntry((view, at, out) => {
  readFields([voltage], view, at + 2, out);
  readLoop(view.getUint8(at), view.getUint8(at + 1), view.getUint16(at + 4), out);
});

const voltages: FrameReader = (view, out) => {
  if (!hasBytes(view, 2, out)) return;
  readFields([battery], view, 0, out);
  burst("voltages", out);
};

export const draginoPsLb = dragino({
  name: "dragino-ps-lb",
  label: "PS-LB water depth or pressure",
  version: 2,
  data,
  datalog: log,
  otherPorts: { 7: voltages, 8: voltages },
});
