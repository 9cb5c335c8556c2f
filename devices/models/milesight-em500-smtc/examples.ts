import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "everything at once",
    port: 85,
    hex: "017564 03671901 046873 057FF000",
    values: { "power.batteryPercent": 100, "soil.temperature": 28.1, "soil.moisture": 57.5, "soil.ec": 0.24 },
  },
  {
    says: "moisture in hundredths, frost in the ground",
    port: 85,
    hex: "0367F1FF 04CA7612",
    values: { "soil.temperature": -1.5, "soil.moisture": 47.26 },
  },
  {
    says: "a probe that failed and one out of its range",
    port: 85,
    hex: "01755C 0367FFFF 04CAFFFF 057FFDFF",
    values: { "power.batteryPercent": 92 },
    flags: ["device-error", "out-of-range"],
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 F000 1901 7616",
    past: {
      "2023-08-20T04:51:49.000Z": { "soil.ec": 0.24, "soil.temperature": 28.1, "soil.moisture": 57.5 },
    },
  },
  {
    says: "an alarm alone",
    port: 85,
    hex: "83D7 4A01 3200 02",
    values: { "soil.temperature": 33 },
  },
  {
    says: "an unknown channel hides what follows it, not what went before",
    port: 85,
    hex: "017564 7A7A01 03671901",
    values: { "power.batteryPercent": 100 },
    refused: ["wrong-shape"],
  },
  {
    says: "joined a moment ago",
    port: 85,
    hex: "FF0BFF FF0101 FF166746B38802880001 FF090110 FF0A0110 FF0F00",
  },
  {
    says: "the answer to a setting, and what was measured behind it",
    port: 85,
    hex: "FE02 5802 FE28 01 0367 1901",
    values: { "soil.temperature": 28.1 },
  },
];
