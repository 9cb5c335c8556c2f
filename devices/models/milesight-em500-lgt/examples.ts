import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "dusk",
    port: 85,
    hex: "01755C 039450000000",
    values: { "power.batteryPercent": 92, "air.lightIntensity": 80 },
  },
  {
    says: "noon, from the history",
    port: 85,
    hex: "20CE E59BE164 A0860100",
    past: { "2023-08-20T04:51:49.000Z": { "air.lightIntensity": 100_000 } },
  },
  { says: "brighter than the sun", port: 85, hex: "0394FFFFFFFF", refused: ["sentinel air.lightIntensity"] },
];
