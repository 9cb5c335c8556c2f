import { distance, distanceData } from "../dragino-ldds75/dragino-ldds75.ts";
import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, burst, datalog, dragino, optionalProbe } from "../frames/dragino.ts";
import { readFields, uint16 } from "../frames/fields.ts";

const burstBit = 0x10;
const burstBattery = [uint16(channel("power.battery", { unit: "mV" }), 0x0fff)];

/** A bit above the battery says that distances follow from byte 8 on. */
const liveOrBurst: FrameReader = (view, out) => {
  if ((view.getUint8(0) & burstBit) === 0) distanceData(view, out);
  else if (hasBytes(view, 8, out)) {
    readFields(burstBattery, view, 0, out);
    burst("distances", out);
  }
};

export const draginoDds75Lb = dragino({
  name: "dragino-dds75-lb",
  label: "DDS75-LB distance to the water",
  version: 2,
  data: liveOrBurst,
  datalog: datalog([battery, distance, optionalProbe]),
  otherPorts: { 6: (_, out) => burst("distances", out) },
});
