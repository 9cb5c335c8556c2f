import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "noon",
    port: 1,
    hex: "01 0310 00E1F505 8821",
    values: { "air.lightIntensity": 100_000 },
  },
  {
    says: "an air sensor's frame is not its own",
    port: 1,
    hex: "01 0110 98530000 01 0210 A87A0000 AF51",
    refused: ["unknown-quantity", "unknown-quantity"],
  },
];
