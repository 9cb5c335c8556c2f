import { probe } from "../probes.ts";
import { type FrameContent, type FrameEncoder, rawOf } from "./frame-encoder.ts";
import { collectFailed, milesightBytes, milesightPort, warmingUp } from "./milesight.ts";

const minute = 60_000;

/** Ammonia and hydrogen sulphide by electrochemical cells, which polarise after each start. */
export const gs301: FrameEncoder = {
  model: "milesight-gs301",
  probes: [
    probe("air.temperature", 0.08, 0.3, 1),
    probe("air.relativeHumidity", 0.5, 2, 1),
    { ...probe("air.nh3", 0.2, 0.8, 2), ageing: 0.3, warmUpMs: 30 * minute },
    { ...probe("air.h2s", 0.02, 0.05, 2), warmUpMs: 30 * minute },
  ],
  encode(content) {
    const entries = [
      { channel: 0x0267, size: 2, raw: rawOf(content, "air.temperature", 10, 0) },
      { channel: 0x0368, size: 1, raw: rawOf(content, "air.relativeHumidity", 2, 0) },
      { channel: 0x047d, size: 2, raw: rawOf(content, "air.nh3", 100, cellCode(content, "air.nh3")) },
      { channel: 0x057d, size: 2, raw: rawOf(content, "air.h2s", 100, cellCode(content, "air.h2s")) },
    ] as const;
    return { port: milesightPort, bytes: milesightBytes(content.volts, entries) };
  },
};

function cellCode({ absent }: FrameContent, quantity: string): number {
  return absent.includes(quantity) ? collectFailed : warmingUp;
}
