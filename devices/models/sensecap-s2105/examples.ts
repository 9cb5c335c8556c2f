import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "soil, from a bridge that left the checksum out",
    port: 1,
    hex: "01 0610 44480000 01 0710 3CA50000 01 0C10 E2040000 0000",
    values: { "soil.temperature": 18.5, "soil.moisture": 42.3, "soil.ec": 1.25 },
    flags: ["checksum-wrong"],
  },
  {
    says: "saline soil",
    port: 1,
    hex: "01 0C10 401F0000 84C3",
    values: { "soil.ec": 8 },
  },
  {
    says: "no soil conducts like this",
    port: 1,
    hex: "01 0C10 FFFFFF7F F06D",
    refused: ["implausible soil.ec"],
  },
];
