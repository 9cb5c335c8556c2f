import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "oxygen and pH: two probes, one temperature",
    port: 2,
    hex: "0D2A 7FFF 00 00 00 11 0226 0B54 02EE 0122",
    values: {
      "power.battery": 3.37,
      "water.dissolvedOxygen": 5.5,
      "water.temperature": 29,
      "water.ph": 7.5,
    },
    extras: { "water.temperature2": 29 },
    flags: ["probe-absent"],
  },
  {
    says: "brackish water by the four-electrode probe, and a negative redox potential",
    port: 2,
    hex: "0D2A 0105 00 00 01 08 FF9C 006590 009A 0122",
    values: {
      "power.battery": 3.37,
      "air.temperature": 26.1,
      "water.orp": -100,
      "water.ec": 26_000,
      "water.salinity": 15.4,
      "water.temperature": 29,
    },
  },
  {
    says: "a probe is announced and does not follow",
    port: 2,
    hex: "0D2A 0105 00 00 00 11 0226",
    refused: ["wrong-shape"],
  },
];
