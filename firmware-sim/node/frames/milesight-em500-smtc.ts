import { probe } from "../probes.ts";
import { type FrameEncoder, rawOf } from "./frame-encoder.ts";
import { collectFailed, milesightBytes, milesightPort } from "./milesight.ts";

/** Soil moisture in hundredths, as newer firmware has it. */
export const em500Smtc: FrameEncoder = {
  model: "milesight-em500-smtc",
  probes: [
    probe("soil.moisture", 0.12, 1.2, 2),
    probe("soil.temperature", 0.05, 0.3, 1),
    probe("soil.ec", 0.006, 0.03, 3),
  ],
  encode(content) {
    const entries = [
      { channel: 0x0367, size: 2, raw: rawOf(content, "soil.temperature", 10, collectFailed) },
      { channel: 0x04ca, size: 2, raw: rawOf(content, "soil.moisture", 100, collectFailed) },
      { channel: 0x057f, size: 2, raw: rawOf(content, "soil.ec", 1000, collectFailed) },
    ] as const;
    return { port: milesightPort, bytes: milesightBytes(content.volts, entries) };
  },
};
