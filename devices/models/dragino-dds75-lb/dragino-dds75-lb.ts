import { distance, distanceData } from "../dragino-ldds75/dragino-ldds75.ts";
import type { FrameReader } from "../frames/create-model.ts";
import { battery, datalog, dragino, optionalProbe } from "../frames/dragino.ts";
import { readFields } from "../frames/fields.ts";

const longestLive = 8;

/** A longer frame is a burst: distances from byte 8 on, without a word about when each was taken. */
const liveOrBurst: FrameReader = (view, out) => {
  if (view.byteLength <= longestLive) {
    distanceData(view, out);
    return;
  }
  readFields([battery], view, 0, out);
  out.refuse("wrong-shape", "a burst of distances without times; right is one distance an uplink");
};

export const draginoDds75Lb = dragino({
  name: "dragino-dds75-lb",
  label: "DDS75-LB distance to the water",
  data: liveOrBurst,
  datalog: datalog([battery, distance, optionalProbe]),
});
