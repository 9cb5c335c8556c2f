import { soilData, soilProbe } from "../dragino-lse01/dragino-lse01.ts";
import { datalog, dragino } from "../frames/dragino.ts";

export const draginoSe01Lb = dragino({
  name: "dragino-se01-lb",
  label: "SE01-LB soil moisture, temperature and conductivity",
  version: 2,
  data: soilData,
  // The three numbers of the probe, as they are sent live.
  datalog: datalog(soilProbe),
});
