import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a pond in the morning",
    port: 1,
    hex: "02 186C 0003 0000 8862 A618 8365 8365 0C60",
    values: {
      "water.temperature": 21.46,
      "water.dissolvedOxygenSaturation": 97.52,
      "water.dissolvedOxygen": 8.69,
      "power.battery": 3.168,
    },
  },
  {
    says: "no probe",
    port: 1,
    hex: "02 186C 0003 0000 0000 0000 0000 0000 0C60",
    values: { "power.battery": 3.168 },
    flags: ["probe-absent"],
  },
];
