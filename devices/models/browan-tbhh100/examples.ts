import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a dry room",
    port: 103,
    hex: "08AB3522FFFFFFFF",
    values: { "power.battery": 3.6, "air.temperature": 21, "air.relativeHumidity": 34 },
  },
  {
    says: "below zero, and a humidity that is none",
    port: 103,
    hex: "08AB1B7FFFFFFFFF",
    values: { "power.battery": 3.6, "air.temperature": -5 },
    flags: ["device-error"],
  },
  { says: "another port", port: 42, hex: "01", refused: ["wrong-shape"] },
];
