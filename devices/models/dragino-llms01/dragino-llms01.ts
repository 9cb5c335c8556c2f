import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, optionalProbe, readProbe } from "../frames/dragino.ts";
import { int16, readFields, uint16 } from "../frames/fields.ts";

const head = [battery, optionalProbe];
export const leafProbe = [
  uint16(channel("leaf.wetness", { unit: "%", over: 10 })),
  int16(channel("leaf.temperature", { unit: "Cel", over: 10 })),
];

export const leafData: FrameReader = (view, out) => {
  if (!hasBytes(view, 11, out)) return;
  readFields(head, view, 0, out);
  readProbe(leafProbe, view, 4, out);
};

export const draginoLlms01 = dragino({
  name: "dragino-llms01",
  label: "LLMS01 leaf wetness and temperature",
  data: leafData,
});
