import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a probe in the air",
    port: 1,
    hex: "02 10D3 0003 46BE 813D 0000 0C80",
    values: { "soil.moisture": 0.68869, "soil.temperature": 31.7, "soil.ec": 0, "power.battery": 3.2 },
  },
  { says: "the battery alone", port: 1, hex: "02 10D3 0002 0C80", values: { "power.battery": 3.2 } },
  {
    says: "moist soil",
    port: 1,
    hex: "02 10D3 0003 6D60 80FA 01F4 0C80",
    values: { "soil.moisture": 39.052, "soil.temperature": 25, "soil.ec": 0.5, "power.battery": 3.2 },
  },
  { says: "another protocol", port: 1, hex: "03 10D3 0002 0C80", refused: ["wrong-shape"] },
  {
    says: "no probe in the ground is no soil without salt",
    port: 1,
    hex: "02 10D3 0003 0000 0000 0000 0C80",
    values: { "power.battery": 3.2 },
    flags: ["probe-absent"],
  },
];
