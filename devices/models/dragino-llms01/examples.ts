import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a leaf with dew",
    port: 2,
    hex: "0D23 0000 0254 00F9 00 00 01",
    values: { "power.battery": 3.363, "leaf.wetness": 59.6, "leaf.temperature": 24.9 },
    flags: ["probe-absent"],
  },
  {
    says: "below zero",
    port: 2,
    hex: "0D23 FFF6 0000 FFF6 00 00 01",
    values: { "power.battery": 3.363, "air.temperature": -1, "leaf.wetness": 0, "leaf.temperature": -1 },
  },
  { says: "another port", port: 42, hex: "0D230000025400F9000001", refused: ["wrong-shape"] },
];
