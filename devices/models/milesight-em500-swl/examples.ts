import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "two centimetres",
    port: 85,
    hex: "017564 03770200",
    values: { "power.batteryPercent": 100, "water.depth": 0.02 },
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 2C01",
    past: { "2023-08-20T04:51:49.000Z": { "water.depth": 3 } },
  },
  { says: "the probe does not answer", port: 85, hex: "0377FFFF", flags: ["device-error"] },
  {
    says: "what the probe can measure, before what it measured",
    port: 85,
    hex: "FF1B 02 F401 0000 0377 0200",
    values: { "water.depth": 0.02 },
  },
];
