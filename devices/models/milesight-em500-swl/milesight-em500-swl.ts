import { channel } from "../frames/channel.ts";
import { skip, uint16LE } from "../frames/fields.ts";
import { history, milesight, probeCodes, tlv } from "../frames/milesight.ts";

const depth = uint16LE(channel("water.depth", { unit: "cm", codes: probeCodes }));

export const milesightEm500Swl = milesight({
  name: "milesight-em500-swl",
  label: "EM500-SWL water depth",
  channels: [
    tlv(0x0377, depth),
    // What the probe can measure: rate, greatest, least.
    tlv(0xff1b, skip(5)),
    history(0x20ce, depth),
  ],
});
