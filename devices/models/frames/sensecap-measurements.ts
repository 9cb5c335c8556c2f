import { type Channel, channel } from "./channel.ts";
import { createModel, type FrameReader, type ModelParts } from "./create-model.ts";
import type { FrameYield } from "./frame-yield.ts";

/*
 * SenseCAP S210x: measurements of 7 bytes (channel, measurement id, value, little-endian) and a checksum of two. Ids below
 * 0x1000 are the device talking about itself. What an id means depends on the model: 4099 is light here and soil
 * moisture in the first generation, so there is no table for all of them.
 */

const measurement = 7;
const checksum = 2;
const firstMeasurementId = 0x1000;
const batteryId = 0x0007;
const probeRemovedId = 0x0120;

const battery = channel("power.batteryPercent", { unit: "%" });

/** By measurement id; every value comes in thousandths. */
export type MeasurementIds = Readonly<Record<number, Channel>>;

const thousandths = (name: string, unit: string) => channel(name, { unit, over: 1000 });

/** The ids of SenseCAP's list that instruments for the field use. A model names those that it has. */
export const measurementIds = {
  4097: thousandths("air.temperature", "Cel"),
  4098: thousandths("air.relativeHumidity", "%"),
  4099: thousandths("air.lightIntensity", "lx"),
  4100: thousandths("air.co2", "[ppm]"),
  4102: thousandths("soil.temperature", "Cel"),
  4103: thousandths("soil.moisture", "%"),
  4108: thousandths("soil.ec", "dS/m"),
} as const;

export interface SensecapParts extends Omit<ModelParts, "read" | "vendor" | "version"> {
  readonly version?: number;
  readonly ids: MeasurementIds;
}

export function sensecap({ version = 1, ids, ...parts }: SensecapParts) {
  return createModel({ ...parts, version, vendor: "SenseCAP", read: measurements(ids) });
}

export function measurements(ids: MeasurementIds): FrameReader {
  return (view, out) => {
    const count = Math.floor((view.byteLength - checksum) / measurement);
    if (count < 1 || view.byteLength !== count * measurement + checksum) {
      out.refuse(
        "wrong-shape",
        `${view.byteLength} bytes; right is 7 for each measurement and 2 for the checksum`,
      );
      return;
    }
    // Told and not refused: LoRaWAN has proved the frame already, and some bridges leave the checksum out.
    if (!isChecksumRight(view)) out.flag("checksum-wrong");
    for (let at = 0; at + measurement <= view.byteLength; at += measurement)
      readMeasurement(ids, view, at, out);
  };
}

function readMeasurement(ids: MeasurementIds, view: DataView, at: number, out: FrameYield): void {
  const id = view.getUint16(at + 1, true);
  const channel = ids[id];
  if (channel !== undefined) out.take(channel, view.getInt32(at + 3, true));
  else if (id === batteryId) out.take(battery, view.getUint16(at + 3, true));
  else if (id === probeRemovedId) out.flag("probe-absent");
  else if (id >= firstMeasurementId) {
    const right = Object.keys(ids).join(", ");
    out.refuse(
      "unknown-quantity",
      `measurement id ${id} at byte ${at} is not this model's; right is ${right}`,
    );
  }
}

function isChecksumRight(view: DataView): boolean {
  const end = view.byteLength - checksum;
  return crc16(view, end) === view.getUint16(end, true);
}

/** CRC-16/KERMIT: polynomial 0x1021 mirrored, from zero. */
function crc16(view: DataView, end: number): number {
  let crc = 0;
  for (let at = 0; at < end; at++) crc = (crc >>> 8) ^ (crcTable[(crc ^ view.getUint8(at)) & 0xff] as number);
  return crc;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  return crc;
});
