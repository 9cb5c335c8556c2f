import { channel } from "../frames/channel.ts";
import { skip, uint16LE } from "../frames/fields.ts";
import { history, milesight, probeCodes, tlv } from "../frames/milesight.ts";

export const distance = uint16LE(channel("water.distance", { unit: "mm", codes: probeCodes }));

export const milesightEm500Udl = milesight({
  name: "milesight-em500-udl",
  label: "EM500-UDL distance to the water",
  channels: [
    tlv(0x0382, distance),
    // It changed by so much. The published decoder divides by ten here, but tenths of a millimetre of its 10 m do not fit.
    tlv(0x83e9, distance, skip(3)),
    history(0x20ce, distance),
  ],
});
