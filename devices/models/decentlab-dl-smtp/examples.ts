import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "six probes of eight, in the air",
    port: 1,
    hex: "02 0B50 0003 0901 8A8C 0943 8A98 0927 8A92 0B3C 8AA5 0C9C 8A8C 11E0 8AA5 0000 0000 0000 0000 0B3B",
    values: {
      "soil.temperature": 27,
      "soil.temperature2": 27.12,
      "soil.temperature3": 27.06,
      "soil.moisture4": 0.752,
      "soil.temperature4": 27.25,
      "soil.moisture5": 1.456,
      "soil.temperature5": 27,
      "soil.moisture6": 4.152,
      "soil.temperature6": 27.25,
      "power.battery": 2.875,
    },
    flags: ["probe-absent"],
    refused: ["implausible soil.moisture", "implausible soil.moisture2", "implausible soil.moisture3"],
  },
  { says: "the battery alone", port: 1, hex: "02 0B50 0002 0B3B", values: { "power.battery": 2.875 } },
  {
    says: "groups announced and not there",
    port: 1,
    hex: "02 0B50 0003 0901 8A8C",
    refused: ["wrong-shape"],
  },
];
