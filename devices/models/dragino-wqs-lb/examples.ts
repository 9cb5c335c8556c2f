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
      "water.temperature2": 29,
    },
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
      "water.ec": 26000,
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
  {
    says: "the first firmware told no temperatures",
    port: 2,
    hex: "0D2A 7FFF 11 0226 02EE",
    values: { "power.battery": 3.37, "water.dissolvedOxygen": 5.5, "water.ph": 7.5 },
    flags: ["probe-absent"],
  },
  {
    says: "an entry of the first firmware's log",
    port: 3,
    hex: "0226 02EE 0000 51 65E00B00",
    past: { "2024-02-29T04:41:36.000Z": { "water.dissolvedOxygen": 5.5, "water.ph": 7.5 } },
  },
  {
    says: "three probes, three temperatures",
    port: 2,
    hex: "0D2A 7FFF 00 00 00 13 0226 0B54 05DC 0123 02EE 0122",
    values: {
      "power.battery": 3.37,
      "water.dissolvedOxygen": 5.5,
      "water.temperature": 29,
      "water.ec": 1500,
      "water.temperature2": 29.1,
      "water.ph": 7.5,
    },
    extras: { "water.temperature3": 29 },
    flags: ["probe-absent"],
  },
];
