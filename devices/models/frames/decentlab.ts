import { type Channel, channel } from "./channel.ts";
import { createModel, type ModelParts } from "./create-model.ts";
import { type Field, isZero, readFields, sizeOf, uint16 } from "./fields.ts";
import type { FrameYield } from "./frame-yield.ts";

/*
 * Decentlab, protocol 2: version, device id, flags that say which groups follow, then words of 16 bits, big-endian. Signed
 * numbers are shifted up by 32768. The battery is every model's last group.
 */

const header = 5;
const protocol = 2;

/** A number shifted up by 32768. All bits zero, the lowest one, is how an input without a probe reads. */
export const shifted = (channel: Channel): Field => ({
  size: 2,
  channel,
  read: (view, at) => view.getUint16(at) - 0x8000,
});
export const noProbe = { [-0x8000]: "probe-absent" } as const;

const batteryGroup = [uint16(channel("power.battery", { unit: "mV" }))];

export interface DecentlabParts extends Omit<ModelParts, "read" | "vendor" | "version"> {
  readonly version?: number;
  /** The model's first group, before the battery. */
  readonly fields: readonly Field[];
}

export function decentlab({ version = 2, fields, ...parts }: DecentlabParts) {
  const groups = [fields, batteryGroup];
  return createModel({
    ...parts,
    version,
    vendor: "Decentlab",
    read: (view, out) => readGroups(groups, view, out),
  });
}

function readGroups(groups: readonly (readonly Field[])[], view: DataView, out: FrameYield): void {
  if (view.byteLength < header || view.getUint8(0) !== protocol) {
    out.refuse(
      "wrong-shape",
      `byte 0 is ${view.getUint8(0)} of ${view.byteLength} bytes; right is protocol 2 and 5 bytes of header`,
    );
    return;
  }
  const present = view.getUint16(3);
  const follow = groups.filter((_, group) => present & (1 << group));
  const needed = header + follow.reduce((size, fields) => size + sizeOf(fields), 0);
  if (view.byteLength < needed) {
    out.refuse(
      "wrong-shape",
      `${view.byteLength} bytes; with the groups of flags ${present} it has ${needed}`,
    );
    return;
  }
  let at = header;
  for (const fields of follow) at = readGroup(fields, view, at, out);
}

/** Not all numbers are shifted: of a probe that is not there, some zeros would pass for a conductivity, or for no rain. */
function readGroup(fields: readonly Field[], view: DataView, at: number, out: FrameYield): number {
  const size = sizeOf(fields);
  if (fields !== batteryGroup && isZero(view, at, size)) out.flag("probe-absent");
  else readFields(fields, view, at, out);
  return at + size;
}

/** What a weather station measures in its unit, in tenths and in hundredths of it. */
export const whole = (name: string, unit: string) => shifted(channel(name, { unit, codes: noProbe }));
export const tenths = (name: string, unit: string) =>
  shifted(channel(name, { unit, over: 10, codes: noProbe }));
export const hundredths = (name: string, unit: string) =>
  shifted(channel(name, { unit, over: 100, codes: noProbe }));
