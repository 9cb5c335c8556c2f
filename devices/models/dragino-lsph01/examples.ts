import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "acid soil",
    port: 2,
    hex: "0D23 0000 0254 00F9 00 00 01",
    values: { "power.battery": 3.363, "soil.pH": 5.96, "soil.temperature": 24.9 },
    flags: ["probe-absent"],
  },
  {
    says: "below zero",
    port: 2,
    hex: "0D23 0105 0254 FFF7 00 00 01",
    values: {
      "power.battery": 3.363,
      "air.temperature": 26.1,
      "soil.pH": 5.96,
      "soil.temperature": -0.9,
    },
  },
  {
    says: "no soil has a pH of 30",
    port: 2,
    hex: "0D23 0105 0BB8 00F9 00 00 01",
    values: { "power.battery": 3.363, "air.temperature": 26.1, "soil.temperature": 24.9 },
    refused: ["implausible soil.pH"],
  },
];
