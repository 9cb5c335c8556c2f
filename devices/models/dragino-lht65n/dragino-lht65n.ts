import { lht65Data } from "../dragino-lht65/dragino-lht65.ts";
import type { FrameReader } from "../frames/create-model.ts";
import { battery, burst, dragino, logEntry } from "../frames/dragino.ts";
import { readFields } from "../frames/fields.ts";

const data = lht65Data({ sendsAgain: true });

/** Which probe stands in byte 2, then temperatures, as many as fit. */
const isBurst = (view: DataView): boolean =>
  view.byteLength >= 5 && view.byteLength % 2 === 1 && view.getUint8(2) >= 1 && view.getUint8(2) <= 4;

/** An entry of the log says so in its status byte; between 2.56 and 12.79 °C it looks like a burst otherwise. */
const isLog = (view: DataView): boolean => view.byteLength % logEntry === 0 && (view.getUint8(6) & 0xc0) > 0;

const logOrBurst: FrameReader = (view, out) => {
  if (!isBurst(view) || isLog(view)) data(view, out);
  else {
    readFields([battery], view, 0, out);
    burst("temperatures", out);
  }
};

export const draginoLht65n = dragino({
  name: "dragino-lht65n",
  version: 2,
  label: "LHT65N air temperature and humidity, with a probe on a cable",
  data,
  datalog: logOrBurst,
});
