import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a mushroom house",
    port: 1,
    hex: "01 0110 98530000 01 0210 A87A0000 01 0410 80841E00 7BCE",
    values: { "air.temperature": 21.4, "air.relativeHumidity": 31.4, "air.co2": 2000 },
  },
  {
    says: "still warming up",
    port: 1,
    hex: "01 0410 00000000 393B",
    refused: ["sentinel air.co2"],
  },
];
