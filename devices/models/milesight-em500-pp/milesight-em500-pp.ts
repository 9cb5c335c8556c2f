import { channel } from "../frames/channel.ts";
import { int16LE } from "../frames/fields.ts";
import { history, milesight, tlv } from "../frames/milesight.ts";

const pressure = int16LE(channel("water.pressure", { unit: "kPa" }));

export const milesightEm500Pp = milesight({
  name: "milesight-em500-pp",
  label: "EM500-PP pipe pressure",
  channels: [tlv(0x037b, pressure), history(0x20ce, pressure)],
});
