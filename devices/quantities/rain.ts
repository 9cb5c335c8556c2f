import type { QuantityDeclaration } from "./quantity.ts";

export const rain: readonly QuantityDeclaration[] = [
  {
    name: "rain.amount",
    unit: "mm",
    symbol: "mm",
    // Since the reading before.
    plausible: { min: 0, max: 500 },
    resolution: 0.1,
    label: { vi: "Lượng mưa", en: "Rainfall" },
  },
  {
    name: "rain.intensity",
    unit: "mm/h",
    symbol: "mm/h",
    // The heaviest minute ever recorded fell at 1,870 mm/h.
    plausible: { min: 0, max: 2000 },
    resolution: 0.1,
    label: { vi: "Cường độ mưa", en: "Rain intensity" },
  },
  {
    name: "rain.cumulative",
    unit: "mm",
    symbol: "mm",
    // A counter since the gauge was fitted; it wraps or starts again when the battery is changed.
    plausible: { min: 0, max: 100_000 },
    resolution: 0.1,
    label: { vi: "Tổng lượng mưa", en: "Rain total" },
  },
];
