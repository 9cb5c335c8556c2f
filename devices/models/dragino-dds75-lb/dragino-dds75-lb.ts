import { distance, distanceData } from "../dragino-ldds75/dragino-ldds75.ts";
import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, burst, datalog, dragino, optionalProbe } from "../frames/dragino.ts";
import { readFields, uint16 } from "../frames/fields.ts";

const burstBit = 0x10;
const burstBattery = [uint16(channel("power.battery", { unit: "mV" }), 0x0fff)];

/** With its probe before the distance, in frames of 11 bytes; and with three heads, each its own distance. */
const longFrame = 11;
const oneHead = [battery, optionalProbe, distance];
const furtherHeads = [2, 3].map((head) => uint16(channel(`water.distance${head}`, { unit: "mm" })));

/** A bit above the battery says that distances follow from byte 8 on. */
const data: FrameReader = (view, out) => {
  if (view.getUint8(0) & burstBit) burstData(view, out);
  else if (view.byteLength >= longFrame) longData(view, out);
  else distanceData(view, out);
};

const burstData: FrameReader = (view, out) => {
  if (!hasBytes(view, 8, out)) return;
  readFields(burstBattery, view, 0, out);
  burst("distances", out);
};

/**
 * Behind the first distance stand two more, or (one head) whether an interrupt sent the frame and its second of 1970: then
 * what would be the second distance is 255 to 511 mm at an interrupt and 64 to 127 mm else. Only a second of our time decides.
 */
const longData: FrameReader = (view, out) => {
  const isTimed = view.getUint8(6) <= 1 && out.isBelievable(view.getUint32(7));
  if (isTimed) out.measuredAt(view.getUint32(7));
  const next = readFields(oneHead, view, 0, out);
  if (!isTimed) readFields(furtherHeads, view, next, out);
};

export const draginoDds75Lb = dragino({
  name: "dragino-dds75-lb",
  label: "DDS75-LB distance to the water",
  version: 3,
  data,
  datalog: datalog([battery, distance, optionalProbe]),
  otherPorts: { 6: (_, out) => burst("distances", out) },
});
