import { probe } from "../probes.ts";
import type { FrameEncoder } from "./frame-encoder.ts";
import { type Entry, milesightBytes, milesightPort } from "./milesight.ts";

/** Air temperature and humidity. It has no code for a sensor that failed: the entry is not there. */
export const em300Th: FrameEncoder = {
  model: "milesight-em300-th",
  probes: [probe("air.temperature", 0.06, 0.3, 1), probe("air.relativeHumidity", 0.4, 1.5, 1)],
  encode({ values, volts }) {
    const entries: Entry[] = [];
    const temperature = values["air.temperature"];
    const humidity = values["air.relativeHumidity"];
    if (temperature !== undefined) {
      entries.push({ channel: 0x0367, size: 2, raw: Math.round(temperature * 10) });
    }
    if (humidity !== undefined) entries.push({ channel: 0x0468, size: 1, raw: Math.round(humidity * 2) });
    return { port: milesightPort, bytes: milesightBytes(volts, entries) };
  },
};
