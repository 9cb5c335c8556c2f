import { channel } from "../frames/channel.ts";
import { int16LE, skip, uint8, uint16LE, uint32LE } from "../frames/fields.ts";
import { history, milesight, tlv } from "../frames/milesight.ts";

const temperature = int16LE(channel("air.temperature", { unit: "Cel", over: 10 }));
const humidity = uint8(channel("air.relativeHumidity", { unit: "%", over: 2 }));
const direction = int16LE(channel("wind.direction", { unit: "deg", over: 10 }));
const pressure = uint16LE(channel("air.pressure", { unit: "hPa", over: 10 }));
const speed = uint16LE(channel("wind.speed", { unit: "m/s", over: 10 }));
const total = channel("rain.cumulative", { unit: "mm", over: 100 });
/** Two bytes overflow at 655 mm, a wet week in Hue; later firmware has four. */
const rain16 = uint16LE(total);
const rain32 = uint32LE(total);
/** `rainfall_counter`, which its vendor does not explain. */
const counter = skip(1);

export const milesightWts506 = milesight({
  name: "milesight-wts506",
  label: "WTS506 weather station",
  answers: [[0x67, 1]],
  channels: [
    tlv(0x0367, temperature),
    tlv(0x0468, humidity),
    tlv(0x0584, direction),
    tlv(0x0673, pressure),
    tlv(0x0792, speed),
    tlv(0x0877, rain16, counter),
    tlv(0x08ec, rain32, counter),
    history(0x20ce, temperature, humidity, pressure, direction, speed, rain16),
    history(0x21ce, temperature, humidity, pressure, direction, speed, rain32),
  ],
});
