import { channel } from "../frames/channel.ts";
import { decentlab, hundredths, noProbe, shifted, tenths, whole } from "../frames/decentlab.ts";

export const decentlabDlAtm41 = decentlab({
  name: "decentlab-dl-atm41",
  version: 2,
  label: "DL-ATM41 weather station",
  fields: [
    whole("light.solarIrradiance", "W/m2"),
    // Since the uplink before.
    shifted(channel("rain.amount", { unit: "mm", over: 1000, codes: noProbe })),
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
    whole("device.heading", "deg"),
    hundredths("wind.north", "m/s"),
    hundredths("wind.east", "m/s"),
  ],
});
