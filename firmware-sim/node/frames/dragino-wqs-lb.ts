import { probe } from "../probes.ts";
import { type FrameEncoder, rawOf } from "./frame-encoder.ts";

const noProbe = 0x7fff;
/** Bits of the seventh byte: the oxygen probe with its temperature, and the pH probe with its. */
const oxygenWired = 1 << 4;
const phWired = 1 << 0;
const minute = 60_000;

/** A water station with oxygen and pH. A probe that is not there is not announced. */
export const wqsLb: FrameEncoder = {
  model: "dragino-wqs-lb",
  probes: [
    { ...probe("water.dissolvedOxygen", 0.05, 0.2, 2), ageing: 0.05, warmUpMs: 2 * minute },
    { ...probe("water.ph", 0.015, 0.1, 2), ageing: 0.04 },
    probe("water.temperature", 0.05, 0.2, 1),
  ],
  encode(content) {
    const has = (quantity: string) => content.values[quantity] !== undefined;
    const oxygen = has("water.dissolvedOxygen");
    const ph = has("water.ph");
    const bytes = new Uint8Array(8 + (oxygen ? 4 : 0) + (ph ? 4 : 0));
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.round(content.volts * 1000));
    view.setInt16(2, noProbe);
    view.setUint8(7, (oxygen ? oxygenWired : 0) | (ph ? phWired : 0));
    let at = 8;
    // In the order in which the vendor wires them.
    if (oxygen) {
      view.setUint16(at, rawOf(content, "water.dissolvedOxygen", 100, 0));
      view.setInt16(at + 2, rawOf(content, "water.temperature", 100, 0));
      at += 4;
    }
    if (ph) {
      view.setUint16(at, rawOf(content, "water.ph", 100, 0));
      view.setInt16(at + 2, rawOf(content, "water.temperature", 10, 0));
    }
    return { port: 2, bytes };
  },
};
