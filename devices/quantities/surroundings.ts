import type { QuantityDeclaration } from "./quantity.ts";

/** What happens around the instrument. */
export const surroundings: readonly QuantityDeclaration[] = [
  {
    name: "lightning.strikes",
    unit: "1",
    symbol: "",
    // Since the reading before.
    plausible: { min: 0, max: 10000 },
    resolution: 1,
    label: { vi: "Số lần sét", en: "Lightning strikes" },
  },
  {
    name: "lightning.distance",
    unit: "km",
    symbol: "km",
    plausible: { min: 0, max: 100 },
    resolution: 1,
    label: { vi: "Khoảng cách tới sét", en: "Distance of the lightning" },
  },
  {
    name: "motion.detected",
    unit: "1",
    symbol: "",
    // 0 nobody, 1 somebody moves.
    plausible: { min: 0, max: 1 },
    resolution: 1,
    label: { vi: "Phát hiện chuyển động", en: "Motion detected" },
  },
];
