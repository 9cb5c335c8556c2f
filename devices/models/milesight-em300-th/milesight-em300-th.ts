import { channel } from "../frames/channel.ts";
import { int16LE, skip, uint8 } from "../frames/fields.ts";
import { history, milesight, tlv } from "../frames/milesight.ts";

const temperature = int16LE(channel("air.temperature", { unit: "Cel", over: 10 }));
const humidity = uint8(channel("air.relativeHumidity", { unit: "%", over: 2 }));

export const milesightEm300Th = milesight({
  name: "milesight-em300-th",
  label: "EM300-TH air temperature and humidity",
  answers: [
    [0x6d, 1],
    [0x79, 6],
    [0xd6, 6],
    [0xd7, 1],
    [0xea, 3],
  ],
  channels: [
    tlv(0x0367, temperature),
    tlv(0x0468, humidity),
    history(0x20ce, temperature, humidity, skip(1)),
  ],
});
