import { channel } from "../frames/channel.ts";
import { int16LE, skip, uint8, uint16LE } from "../frames/fields.ts";
import { history, milesight, tlv } from "../frames/milesight.ts";

const temperature = int16LE(channel("air.temperature", { unit: "Cel", over: 10 }));
const humidity = uint8(channel("air.relativeHumidity", { unit: "%", over: 2 }));
const co2 = uint16LE(channel("air.co2", { unit: "[ppm]" }));
const pressure = uint16LE(channel("air.pressure", { unit: "hPa", over: 10 }));

export const milesightEm500Co2 = milesight({
  name: "milesight-em500-co2",
  label: "EM500-CO2 carbon dioxide and air",
  answers: [
    [0x39, 5],
    [0x87, 3],
  ],
  channels: [
    tlv(0x0367, temperature),
    tlv(0x0468, humidity),
    tlv(0x057d, co2),
    tlv(0x0673, pressure),
    tlv(0x83d7, temperature, skip(3)),
    history(0x20ce, co2, pressure, temperature, humidity),
  ],
});
