import { channel } from "../frames/channel.ts";
import { uint32LE } from "../frames/fields.ts";
import { history, milesight, tlv } from "../frames/milesight.ts";

const light = uint32LE(channel("air.lightIntensity", { unit: "lx" }));

export const milesightEm500Lgt = milesight({
  name: "milesight-em500-lgt",
  label: "EM500-LGT light",
  channels: [tlv(0x0394, light), history(0x20ce, light)],
});
