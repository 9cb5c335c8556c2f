import { probe } from "../probes.ts";
import type { FrameEncoder } from "./frame-encoder.ts";
import { collectFailed, milesightBytes, milesightPort } from "./milesight.ts";

/** Looks down on the water: sends the distance in millimetres, and what it hangs on is the platform's to know. */
export const em500Udl: FrameEncoder = {
  model: "milesight-em500-udl",
  probes: [probe("water.level", 0.002, 0.004, 3)],
  encode({ values, volts, mountingHeightCm }) {
    const level = values["water.level"];
    const raw = level === undefined ? collectFailed : Math.round(mountingHeightCm * 10 - level * 1000);
    return {
      port: milesightPort,
      bytes: milesightBytes(volts, [{ channel: 0x0382, size: 2, raw }]),
    };
  },
};
