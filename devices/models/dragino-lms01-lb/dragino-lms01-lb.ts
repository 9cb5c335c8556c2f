import { leafData, leafProbe } from "../dragino-llms01/dragino-llms01.ts";
import { datalog, dragino, optionalProbe } from "../frames/dragino.ts";

export const draginoLms01Lb = dragino({
  name: "dragino-lms01-lb",
  label: "LMS01-LB leaf wetness and temperature",
  data: leafData,
  datalog: datalog([...leafProbe, optionalProbe]),
});
