import { channel } from "../frames/channel.ts";
import { decentlab, hundredths, tenths, whole } from "../frames/decentlab.ts";
import { type Field, skip, uint16 } from "../frames/fields.ts";

/** Thousandths of a millimetre since the station was set up, the low word first. */
const total: Field = {
  size: 4,
  channel: channel("rain.cumulative", { unit: "mm", over: 1000 }),
  read: (view, at) => view.getUint16(at) + view.getUint16(at + 2) * 0x10000,
};

export const decentlabDlAtm41g2 = decentlab({
  name: "decentlab-dl-atm41g2",
  label: "DL-ATM41G2 weather station, second generation",
  fields: [
    tenths("light.solarIrradiance", "W/m2"),
    // Since the uplink before; never below zero, so not shifted.
    uint16(channel("rain.amount", { unit: "mm", over: 1000 })),
    whole("lightning.strikes", "1"),
    whole("lightning.distance", "km"),
    hundredths("wind.speed", "m/s"),
    tenths("wind.direction", "deg"),
    hundredths("wind.gust", "m/s"),
    tenths("air.temperature", "Cel"),
    hundredths("air.vapourPressure", "kPa"),
    hundredths("air.pressure", "kPa"),
    tenths("air.relativeHumidity", "%"),
    tenths("device.temperature", "Cel"),
    tenths("device.tiltX", "deg"),
    tenths("device.tiltY", "deg"),
    // The conductivity of the drops themselves.
    skip(2),
    total,
  ],
});
