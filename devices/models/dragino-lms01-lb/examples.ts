import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a dry leaf",
    port: 2,
    hex: "0CF6 7FFF 0000 0120 00 00 01",
    values: { "power.battery": 3.318, "leaf.wetness": 0, "leaf.temperature": 28.8 },
    flags: ["probe-absent"],
  },
  {
    says: "an entry of the log",
    port: 3,
    hex: "0254 00F9 0105 40 65E00B00",
    past: {
      "2024-02-29T04:41:36.000Z": { "leaf.wetness": 59.6, "leaf.temperature": 24.9, "air.temperature": 26.1 },
    },
  },
  { says: "nothing but a port", port: 2, hex: "", refused: ["wrong-shape"] },
];
