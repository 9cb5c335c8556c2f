import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "with a mast",
    port: 2,
    hex: "0CE8 03E8 00 0000 01",
    mountingHeightCm: 120,
    values: { "power.battery": 3.304, "water.distance": 1, "water.level": 0.2 },
    flags: ["probe-absent"],
  },
  {
    says: "an entry of the log",
    port: 3,
    hex: "0CE8 03E8 0105 40 65E00B00",
    past: {
      "2024-02-29T04:41:36.000Z": { "power.battery": 3.304, "water.distance": 1, "air.temperature": 26.1 },
    },
  },
  {
    says: "an ultrasonic head that does not answer",
    port: 2,
    hex: "0CE8 0000 00 0105 00",
    values: { "power.battery": 3.304, "air.temperature": 26.1 },
    flags: ["probe-absent"],
  },
  {
    says: "a burst of distances has no times",
    port: 2,
    hex: "1CE8 03E8 00 0105 00 03E8 03E9",
    values: { "power.battery": 3.304 },
    refused: ["wrong-shape"],
  },
  {
    says: "so has what it sends while it looks for something",
    port: 6,
    hex: "03E8 03E9",
    refused: ["wrong-shape"],
  },
  {
    says: "three heads (DDS75-3-LB): the first one's distance is the water's, the others are shown",
    port: 2,
    hex: "0CF6 0101 0300 0C01 0BB8 00",
    values: { "power.battery": 3.318, "air.temperature": 25.7, "water.distance": 0.768 },
    extras: { "water.distance2": 3073, "water.distance3": 3000 },
  },
  {
    says: "one head, its probe before the distance, and its time",
    port: 2,
    hex: "0CE8 0105 03E8 00 65E00B00",
    past: {
      "2024-02-29T04:41:36.000Z": { "power.battery": 3.304, "water.distance": 1, "air.temperature": 26.1 },
    },
  },
];
