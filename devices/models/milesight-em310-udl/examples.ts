import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "askew on its post",
    port: 85,
    hex: "01755C 03824408 040001",
    values: { "power.batteryPercent": 92, "water.distance": 2.116 },
    flags: ["tilted"],
  },
  {
    says: "upright, on a post of 3 m",
    port: 85,
    hex: "03824408 040000",
    mountingHeightCm: 300,
    values: { "water.distance": 2.116, "water.level": 0.884 },
  },
  {
    says: "cut in the middle",
    port: 85,
    hex: "01755C 038244",
    values: { "power.batteryPercent": 92 },
    refused: ["wrong-shape"],
  },
  {
    says: "the water crossed a limit",
    port: 85,
    hex: "8382 4408 01",
    values: { "water.distance": 2.116 },
  },
  { says: "a position that is none", port: 85, hex: "040007", refused: ["wrong-shape"] },
];
