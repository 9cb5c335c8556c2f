import { channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { battery, dragino, optionalProbe } from "../frames/dragino.ts";
import { readFields, skip, uint16 } from "../frames/fields.ts";

/** Up to 20 mm it says that something stands nearer than the 28 cm it needs. */
const tooNear = Object.fromEntries(Array.from({ length: 20 }, (_, mm) => [mm + 1, "out-of-range" as const]));
/** 0: the ultrasonic head does not answer. */
export const distance = uint16(
  channel("water.distance", { unit: "mm", codes: { 0: "probe-absent", ...tooNear } }),
);
const first = [battery, distance];
const interruptFlag = skip(1);

/** The first firmware ended behind the distance; later ones append the optional probe. */
export const distanceData: FrameReader = (view, out) => {
  if (!hasBytes(view, 4, out)) return;
  const next = readFields(first, view, 0, out);
  if (view.byteLength >= 7) readFields([interruptFlag, optionalProbe], view, next, out);
};

export const draginoLdds75 = dragino({
  name: "dragino-ldds75",
  label: "LDDS75 distance to the water",
  version: 2,
  data: distanceData,
});
