import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, optionalProbe, readProbe } from "../frames/dragino.ts";
import { int16, readFields, uint16 } from "../frames/fields.ts";

const head = [battery, optionalProbe];
/** In the order of the wire. The vendor's own decoder reads negative temperatures one hundredth too high. */
export const soilProbe = [
  uint16(channel("soil.moisture", { unit: "%", over: 100 })),
  int16(channel("soil.temperature", { unit: "Cel", over: 100 })),
  uint16(channel("soil.ec", { unit: "uS/cm" })),
];
/** What the probe counts before it is calibrated, for users who calibrate for their own soil. */
const uncalibrated = [
  uint16(channel("soil.permittivity", { unit: "1", over: 10 })),
  uint16(channel("soil.rawMoisture", { unit: "1" })),
  uint16(channel("soil.rawEc", { unit: "1" })),
];

export const soilData: FrameReader = (view, out) => {
  if (!hasBytes(view, 11, out)) return;
  readFields(head, view, 0, out);
  const isRaw = isUncalibrated(view);
  if (isRaw) out.flag("raw-mode");
  readProbe(isRaw ? uncalibrated : soilProbe, view, 4, out);
};

/**
 * The highest bit of the last byte says so since firmware 1.2; before, that byte could hold anything. Nothing in soil has a
 * permittivity above cold water's 88: then the bit is no mode.
 */
function isUncalibrated(view: DataView): boolean {
  return view.getUint8(10) >= 0x80 && view.getUint16(4) <= 900;
}

export const draginoLse01 = dragino({
  name: "dragino-lse01",
  label: "LSE01 soil moisture, temperature and conductivity",
  version: 2,
  data: soilData,
});
