import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a well",
    port: 1,
    hex: "02 07D9 0003 9088 8081 0064 0000 0C60",
    values: {
      "water.depth": 4.232,
      "water.temperature": 12.9,
      "water.ec": 100,
      "power.battery": 3.168,
    },
  },
  {
    says: "frozen",
    port: 1,
    hex: "02 07D9 0003 8000 7FFB 0064 0001 0C60",
    values: { "water.depth": 0, "water.temperature": -0.5, "water.ec": 100, "power.battery": 3.168 },
    flags: ["frozen"],
  },
  {
    says: "no probe in the water",
    port: 1,
    hex: "02 07D9 0003 0000 0000 0000 0000 0C60",
    values: { "power.battery": 3.168 },
    flags: ["probe-absent"],
  },
];
