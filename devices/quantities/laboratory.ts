import type { QuantityDeclaration } from "./quantity.ts";

/** What comes out of a laboratory or a test kit, and is sent or typed in like a reading. */
export const laboratory: readonly QuantityDeclaration[] = [
  {
    name: "soil.ece",
    unit: "dS/m",
    symbol: "dS/m",
    // Of the saturation extract, by which crops are ranked; a probe's bulk conductivity is another number.
    plausible: { min: 0, max: 200 },
    resolution: 0.1,
    label: { vi: "Độ mặn của đất (ECe)", en: "Soil salinity (ECe)" },
  },
  {
    name: "water.chloride",
    unit: "mg/L",
    symbol: "mg/l",
    // Sea water has 19,000.
    plausible: { min: 0, max: 200_000 },
    resolution: 1,
    label: { vi: "Clorua (Cl⁻)", en: "Chloride" },
  },
];
