import { lht65Data } from "../dragino-lht65/dragino-lht65.ts";
import { dragino } from "../frames/dragino.ts";

const data = lht65Data({ sendsAgain: true });

export const draginoLht65n = dragino({
  name: "dragino-lht65n",
  label: "LHT65N air temperature and humidity, with a probe on a cable",
  data,
  datalog: data,
});
