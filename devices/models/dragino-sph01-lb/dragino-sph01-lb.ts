import { phData, soilTemperature } from "../dragino-lsph01/dragino-lsph01.ts";
import { channel } from "../frames/channel.ts";
import { dragino, eachLogEntry, optionalProbe } from "../frames/dragino.ts";
import { readFields } from "../frames/fields.ts";

const tenths = channel("soil.pH", { unit: "[pH]", over: 10 });
const hundredths = channel("soil.pH", { unit: "[pH]", over: 100 });
const behindThePh = [soilTemperature, optionalProbe];

/** The vendor says tenths in the log and hundredths in data. The numbers tell which: no tenths go beyond 140. */
const log = eachLogEntry((view, at, out) => {
  const raw = view.getUint16(at);
  out.take(raw > 140 ? hundredths : tenths, raw);
  readFields(behindThePh, view, at + 2, out);
});

export const draginoSph01Lb = dragino({
  name: "dragino-sph01-lb",
  label: "SPH01-LB soil pH and temperature",
  data: phData,
  datalog: log,
});
