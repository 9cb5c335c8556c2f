import type { QuantityDeclaration } from "./quantity.ts";

export const leaf: readonly QuantityDeclaration[] = [
  {
    name: "leaf.wetness",
    unit: "%",
    symbol: "%",
    plausible: { min: 0, max: 100 },
    resolution: 1,
    label: { vi: "Độ ướt lá", en: "Leaf wetness" },
  },
  {
    name: "leaf.temperature",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -30, max: 75 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ lá", en: "Leaf temperature" },
  },
];
