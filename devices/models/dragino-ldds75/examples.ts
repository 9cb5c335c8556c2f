import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "water two metres below, nobody measured the mast",
    port: 2,
    hex: "0D0A 07E9 00 0000 01",
    values: { "power.battery": 3.338, "water.distance": 2.025 },
    flags: ["probe-absent"],
  },
  {
    says: "on a mast of 3.5 m it is a level",
    port: 2,
    hex: "0D0A 07E9 00 0105 01",
    mountingHeightCm: 350,
    values: {
      "power.battery": 3.338,
      "water.distance": 2.025,
      "water.level": 1.475,
      "air.temperature": 26.1,
    },
  },
  {
    says: "the first firmware",
    port: 2,
    hex: "0D0A 07E9 00",
    values: { "power.battery": 3.338, "water.distance": 2.025 },
  },
  {
    says: "too near to be measured",
    port: 2,
    hex: "0D0A 0014 00 0105 01",
    values: { "power.battery": 3.338, "air.temperature": 26.1 },
    flags: ["out-of-range"],
  },
  {
    says: "15 mm is too near as well",
    port: 2,
    hex: "0D0A 000F 00 0105 01",
    values: { "power.battery": 3.338, "air.temperature": 26.1 },
    flags: ["out-of-range"],
  },
];
