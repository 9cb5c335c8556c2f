import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "warm soil",
    port: 2,
    hex: "CE29 00F1 07A5 099B 6E28 90",
    values: {
      "power.battery": 3.625,
      "air.temperature": 24.1,
      "soil.moisture": 19.57,
      "soil.temperature": 24.59,
      "soil.ec": 28.2,
    },
  },
  {
    says: "a negative temperature is not one hundredth off",
    port: 2,
    hex: "0E29 FFF1 07A5 FF9D 0064 00",
    values: {
      "power.battery": 3.625,
      "air.temperature": -1.5,
      "soil.moisture": 19.57,
      "soil.temperature": -0.99,
      "soil.ec": 0.1,
    },
  },
  {
    says: "no probe in the ground, none in the air",
    port: 2,
    hex: "0D3B 0000 0000 0000 0000 01",
    values: { "power.battery": 3.387 },
    flags: ["probe-absent"],
  },
  {
    says: "uncalibrated counts are no moisture",
    port: 2,
    hex: "0D3B 7FFF 0096 05DC 00C8 90",
    values: { "power.battery": 3.387, "soil.permittivity": 15 },
    extras: { "soil.rawMoisture": 1500, "soil.rawEc": 200 },
    flags: ["probe-absent", "raw-mode"],
  },
  { says: "half a frame", port: 2, hex: "CE2900F107", refused: ["wrong-shape"] },
  { says: "another port", port: 42, hex: "CE2900F107A5099B6E2890", refused: ["wrong-shape"] },
];
