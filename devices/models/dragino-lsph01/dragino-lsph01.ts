import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, optionalProbe, readProbe } from "../frames/dragino.ts";
import { int16, readFields, uint16 } from "../frames/fields.ts";

const head = [battery, optionalProbe];
export const soilTemperature = int16(channel("soil.temperature", { unit: "Cel", over: 10 }));
const phProbe = [uint16(channel("soil.pH", { unit: "[pH]", over: 100 })), soilTemperature];

export const phData: FrameReader = (view, out) => {
  if (!hasBytes(view, 11, out)) return;
  readFields(head, view, 0, out);
  readProbe(phProbe, view, 4, out);
};

export const draginoLsph01 = dragino({
  name: "dragino-lsph01",
  label: "LSPH01 soil pH and temperature",
  data: phData,
});
