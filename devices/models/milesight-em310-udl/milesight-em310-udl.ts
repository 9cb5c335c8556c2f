import { states } from "../frames/channel.ts";
import { uint8 } from "../frames/fields.ts";
import { milesight, tlv } from "../frames/milesight.ts";
import { distance } from "../milesight-em500-udl/milesight-em500-udl.ts";

const position = uint8(states("position", { 0: null, 1: "tilted" }));

export const milesightEm310Udl = milesight({
  name: "milesight-em310-udl",
  label: "EM310-UDL distance to the water",
  channels: [tlv(0x0382, distance), tlv(0x0400, position)],
});
