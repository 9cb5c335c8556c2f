import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "data",
    port: 2,
    hex: "0CF6 0105 0254 00F9 00 00 01",
    values: {
      "power.battery": 3.318,
      "air.temperature": 26.1,
      "soil.pH": 5.96,
      "soil.temperature": 24.9,
    },
  },
  {
    says: "a log in tenths and in hundredths",
    port: 3,
    hex: "003C 00F9 0105 01 65E00B00  0254 00F8 0104 01 65E00F84",
    past: {
      "2024-02-29T04:41:36.000Z": { "soil.pH": 6, "soil.temperature": 24.9, "air.temperature": 26.1 },
      "2024-02-29T05:00:52.000Z": { "soil.pH": 5.96, "soil.temperature": 24.8, "air.temperature": 26 },
    },
  },
  {
    says: "a log that was cut",
    port: 3,
    hex: "003C 00F9 0105 01 65E00B00  0254 00F8",
    past: {
      "2024-02-29T04:41:36.000Z": { "soil.pH": 6, "soil.temperature": 24.9, "air.temperature": 26.1 },
    },
    refused: ["wrong-shape"],
  },
];
