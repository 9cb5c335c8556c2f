import { channel } from "../frames/channel.ts";
import { type Field, int16LE, skip, uint8, uint16LE } from "../frames/fields.ts";
import { history, milesight, type Sized, type Tlv, tlv } from "../frames/milesight.ts";

const temperature = int16LE(channel("air.temperature", { unit: "Cel", over: 10 }));
const humidity = channel("air.relativeHumidity", { unit: "%", over: 2 });
const movement = uint8(channel("motion.detected", { unit: "1" }));
const lightLevel = uint8(channel("air.lightLevel", { unit: "1" }));
const co2 = uint16LE(channel("air.co2", { unit: "[ppm]" }));
/** An index, or µg/m³ where the owner chose so: not the same quantity. */
const tvocIndex = uint16LE(channel("air.tvocIndex", { unit: "1", over: 100 }));
const tvoc = uint16LE(channel("air.tvoc", { unit: "ug/m3" }));
const pressure = uint16LE(channel("air.pressure", { unit: "hPa", over: 10 }));
const formaldehyde = uint16LE(channel("air.formaldehyde", { unit: "mg/m3", over: 100 }));
export const ozone = uint16LE(channel("air.ozone", { unit: "[ppm]", over: 100 }));
const pm25 = uint16LE(channel("air.pm25", { unit: "ug/m3" }));
const pm10 = uint16LE(channel("air.pm10", { unit: "ug/m3" }));

const beforeTvoc = [temperature, uint16LE(humidity), movement, lightLevel, co2];

const channels: readonly Tlv[] = [
  tlv(0x0367, temperature),
  tlv(0x0468, uint8(humidity)),
  tlv(0x0500, movement),
  tlv(0x06cb, lightLevel),
  tlv(0x077d, co2),
  tlv(0x087d, tvocIndex),
  tlv(0x08e6, tvoc),
  tlv(0x0973, pressure),
  tlv(0x0a7d, formaldehyde),
  tlv(0x0b7d, pm25),
  tlv(0x0c7d, pm10),
  tlv(0x0d7d, ozone),
  // The buzzer.
  tlv(0x0e01, skip(1)),
];

const oneByteAnswers = [0x25, 0x2c, 0x2d, 0x2e, 0x39, 0x3c, 0x3d, 0x3e, 0x66, 0x6d, 0xeb, 0xf4];

/** One cell stands in the same place of both variants: for formaldehyde, or for ozone. Only in the history no id tells which. */
export function am319(name: string, label: string, cell: Field) {
  const afterTvoc = [pressure, pm25, pm10, cell];
  return milesight({
    name,
    label,
    answers: [...oneByteAnswers.map((setting): Sized => [setting, 1]), [0x3a, 2], [0x65, 2], [0xf0, 4]],
    channels: [
      ...channels,
      history(0x20ce, ...beforeTvoc, tvocIndex, ...afterTvoc),
      history(0x21ce, ...beforeTvoc, tvoc, ...afterTvoc),
    ],
  });
}

export const milesightAm319 = am319("milesight-am319", "AM319 indoor air, with formaldehyde", formaldehyde);
