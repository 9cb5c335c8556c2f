import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "soil",
    port: 1,
    hex: "01 0610 44480000 01 0710 3CA50000 3607",
    values: { "soil.temperature": 18.5, "soil.moisture": 42.3 },
  },
  {
    says: "frost",
    port: 1,
    hex: "01 0610 E8FCFFFF 12BB",
    values: { "soil.temperature": -0.792 },
  },
];
