import { channel } from "../frames/channel.ts";
import { int16LE, skip, uint8, uint16LE } from "../frames/fields.ts";
import { history, milesight, probeCodes, signedProbeCodes, tlv } from "../frames/milesight.ts";

const temperature = int16LE(channel("soil.temperature", { unit: "Cel", over: 10, codes: signedProbeCodes }));
const moisture = uint16LE(channel("soil.moisture", { unit: "%", over: 100, codes: probeCodes }));
const ec = uint16LE(channel("soil.ec", { unit: "uS/cm", codes: probeCodes }));

export const milesightEm500Smtc = milesight({
  name: "milesight-em500-smtc",
  label: "EM500-SMTC soil moisture, temperature and conductivity",
  channels: [
    tlv(0x0367, temperature),
    // Older firmware has halves of a percent, newer hundredths.
    tlv(0x0468, uint8(channel("soil.moisture", { unit: "%", over: 2 }))),
    tlv(0x04ca, moisture),
    tlv(0x057f, ec),
    tlv(0x83d7, temperature, skip(3)),
    history(0x20ce, ec, temperature, moisture),
  ],
});
