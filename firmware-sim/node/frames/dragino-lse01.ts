import { probe } from "../probes.ts";
import { type FrameEncoder, rawOf } from "./frame-encoder.ts";

const noProbe = 0x7fff;
const calibrated = 0x10;

/** A soil probe on a cable. Without it the firmware sends zeros. */
export const lse01: FrameEncoder = {
  model: "dragino-lse01",
  probes: [
    probe("soil.moisture", 0.15, 1.5, 2),
    probe("soil.temperature", 0.05, 0.3, 2),
    probe("soil.ec", 0.008, 0.03, 3),
  ],
  encode(content) {
    const bytes = new Uint8Array(11);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.round(content.volts * 1000));
    view.setInt16(2, noProbe);
    if (content.absent.length === 0) {
      view.setUint16(4, rawOf(content, "soil.moisture", 100, 0));
      view.setInt16(6, rawOf(content, "soil.temperature", 100, 0));
      view.setUint16(8, rawOf(content, "soil.ec", 1000, 0));
    }
    view.setUint8(10, calibrated);
    return { port: 2, bytes };
  },
};
