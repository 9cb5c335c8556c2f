import { channel } from "./channel.ts";
import { createModel, type FrameReader, hasBytes, type ModelParts } from "./create-model.ts";
import { type Field, int16, isZero, readFields, sizeOf, skip, uint16 } from "./fields.ts";
import type { FrameYield } from "./frame-yield.ts";

/*
 * Dragino: fixed places, big-endian. FPort 2 is data, 3 the data log (what was measured while there was no network), 5 the
 * answer to "who are you".
 */

const millivolts = channel("power.battery", { unit: "mV" });

/** Numbers that some mode measures quickly one after another: nobody can say when each of them was. */
export function burst(what: string, out: FrameYield): void {
  out.refuse("wrong-shape", `a burst of ${what} without times; right is one measurement an uplink`);
}

/** The two highest bits tell how the battery feels. */
export const battery: Field = uint16(millivolts, 0x3fff);

/**
 * The optional probe beside the instrument proper. Firmware without one sends 0, newer ones 0x7FFF: in a country where the
 * lowlands never freeze, exactly 0.0 °C is a missing probe.
 */
export const optionalProbe: Field = int16(
  channel("air.temperature", {
    unit: "Cel",
    over: 10,
    codes: { 0: "probe-absent", 32767: "probe-absent", [-1]: "probe-absent" },
  }),
);

const deviceInfo: readonly Field[] = [skip(5), uint16(millivolts)];

export interface DraginoParts extends Omit<ModelParts, "read" | "vendor" | "version"> {
  readonly version?: number;
  readonly data: FrameReader;
  /** Where the model keeps a log. */
  readonly datalog?: FrameReader;
  readonly otherPorts?: Readonly<Record<number, FrameReader>>;
}

export function dragino({ version = 1, data, datalog, otherPorts = {}, ...parts }: DraginoParts) {
  const logged = datalog === undefined ? {} : { 3: datalog };
  return createModel({
    ...parts,
    version,
    vendor: "Dragino",
    read: { 2: data, ...logged, 5: fixed(deviceInfo), ...otherPorts },
  });
}

/** A frame of fields alone. Longer ones pass: newer firmware appends. */
export function fixed(fields: readonly Field[]): FrameReader {
  const needed = sizeOf(fields);
  return (view, out) => {
    if (hasBytes(view, needed, out)) readFields(fields, view, 0, out);
  };
}

/** A probe on a cable answers zero to everything when it is not there; one in dry air still has a temperature. */
export function readProbe(fields: readonly Field[], view: DataView, at: number, out: FrameYield): void {
  if (isZero(view, at, sizeOf(fields))) out.flag("probe-absent");
  else readFields(fields, view, at, out);
}

export const logEntry = 11;

/** Log entries of 11 bytes: three numbers, a status byte, and the second of 1970 in the last four. */
export function datalog(fields: readonly Field[]): FrameReader {
  return eachLogEntry((view, at, out) => {
    readFields(fields, view, at, out);
  });
}

export function eachLogEntry(read: (view: DataView, at: number, out: FrameYield) => void): FrameReader {
  return (view, out) => {
    let at = 0;
    for (; at + logEntry <= view.byteLength; at += logEntry) {
      out.measuredAt(view.getUint32(at + 7));
      read(view, at, out);
    }
    if (at < view.byteLength) {
      out.refuse("wrong-shape", `${view.byteLength - at} bytes are left over; a log entry has ${logEntry}`);
    }
  };
}
