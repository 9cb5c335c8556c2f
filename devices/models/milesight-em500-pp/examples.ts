import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "10 kPa",
    port: 85,
    hex: "017564 037B0A00",
    values: { "power.batteryPercent": 100, "water.pressure": 10 },
  },
  { says: "the suction side of a pump", port: 85, hex: "037BE2FF", values: { "water.pressure": -30 } },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 F401",
    past: { "2023-08-20T04:51:49.000Z": { "water.pressure": 500 } },
  },
];
