import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "nearly dry",
    port: 1,
    hex: "02 1111 0003 409A 0086 0C54",
    values: { "leaf.wetness": 4.88464832, "power.battery": 3.156 },
  },
  {
    says: "wet all over",
    port: 1,
    hex: "02 1111 0003 0000 0100 0C54",
    values: { "leaf.wetness": 100, "power.battery": 3.156 },
  },
];
