import { probe } from "../probes.ts";
import { type FrameEncoder, rawOf } from "./frame-encoder.ts";

const nothingOnTheCable = 0x7fff;
const temperatureCable = 0x01;

/** Air temperature and humidity in the case; nothing hangs on its cable here. */
export const lht65n: FrameEncoder = {
  model: "dragino-lht65n",
  probes: [probe("air.temperature", 0.08, 0.3, 2), probe("air.relativeHumidity", 0.5, 2, 1)],
  encode(content) {
    const bytes = new Uint8Array(11);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.round(content.volts * 1000));
    view.setInt16(2, rawOf(content, "air.temperature", 100, 0x7fff));
    view.setUint16(4, rawOf(content, "air.relativeHumidity", 10, 0xfff));
    view.setUint8(6, temperatureCable);
    view.setInt16(7, nothingOnTheCable);
    view.setInt16(9, nothingOnTheCable);
    return { port: 2, bytes };
  },
};
