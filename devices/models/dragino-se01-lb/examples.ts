import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "wet paddy soil",
    port: 2,
    hex: "0CF6 7FFF 11D0 0A28 02BC 10",
    values: { "power.battery": 3.318, "soil.moisture": 45.6, "soil.temperature": 26, "soil.ec": 0.7 },
    flags: ["probe-absent"],
  },
  {
    says: "two entries of the log keep their times",
    port: 3,
    hex: "11D0 0A28 02BC 40 65E00B00  11C6 0A1E 02B2 40 65E00F84",
    past: {
      "2024-02-29T04:41:36.000Z": { "soil.moisture": 45.6, "soil.temperature": 26, "soil.ec": 0.7 },
      "2024-02-29T05:00:52.000Z": { "soil.moisture": 45.5, "soil.temperature": 25.9, "soil.ec": 0.69 },
    },
  },
  { says: "who it is", port: 5, hex: "26 0100 07 FF 0D2F", values: { "power.battery": 3.375 } },
];
