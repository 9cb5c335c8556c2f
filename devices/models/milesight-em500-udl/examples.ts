import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "30 mm",
    port: 85,
    hex: "017564 03821E00",
    values: { "power.batteryPercent": 100, "water.distance": 0.03 },
  },
  {
    says: "on a mast of 2.5 m it is a level",
    port: 85,
    hex: "03823405",
    mountingHeightCm: 250,
    values: { "water.distance": 1.332, "water.level": 1.168 },
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 3405",
    mountingHeightCm: 100,
    past: { "2023-08-20T04:51:49.000Z": { "water.distance": 1.332, "water.level": -0.332 } },
  },
  {
    says: "the water fell by half a metre since the uplink before",
    port: 85,
    hex: "83E9 D007 F401 02",
    values: { "water.distance": 2 },
  },
  { says: "no echo", port: 85, hex: "0382FDFF", flags: ["out-of-range"] },
];
