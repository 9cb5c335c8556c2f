import type { QuantityDeclaration } from "./quantity.ts";

/** What is dissolved or suspended in the water. */
export const waterChemistry: readonly QuantityDeclaration[] = [
  {
    name: "water.ph",
    unit: "[pH]",
    symbol: "",
    plausible: { min: 0, max: 14 },
    resolution: 0.1,
    label: { vi: "Độ pH của nước", en: "Water pH" },
  },
  {
    name: "water.ec",
    unit: "uS/cm",
    symbol: "µS/cm",
    // At 25 °C. Sea water has 53,000; brine ponds reach some 100,000.
    plausible: { min: 0, max: 120_000 },
    resolution: 1,
    label: { vi: "Độ dẫn điện của nước (EC)", en: "Water conductivity" },
    // In range, yet never believed: 16-bit probes say so when they are dry or out of their depth.
    sentinels: [65535, 65534],
  },
  {
    name: "water.salinity",
    unit: "{PSU}",
    // The practical scale has no unit; its numbers are within a hundredth of the ‰ that every farmer says.
    symbol: "‰",
    plausible: { min: 0, max: 100 },
    resolution: 0.1,
    label: { vi: "Độ mặn", en: "Salinity" },
  },
  {
    name: "water.tds",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 100_000 },
    resolution: 1,
    label: { vi: "Tổng chất rắn hòa tan (TDS)", en: "Dissolved solids" },
    sentinels: [65535, 65534],
  },
  {
    name: "water.tss",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 50_000 },
    resolution: 1,
    label: { vi: "Chất rắn lơ lửng (TSS)", en: "Suspended solids" },
  },
  {
    name: "water.cod",
    unit: "mg/L",
    symbol: "mg/l",
    // Slurry from a pig shed has tens of thousands.
    plausible: { min: 0, max: 60_000 },
    resolution: 1,
    label: { vi: "Nhu cầu oxy hóa học (COD)", en: "Chemical oxygen demand" },
  },
  {
    name: "water.dissolvedOxygen",
    unit: "mg/L",
    symbol: "mg/l",
    // A green pond in the afternoon sun holds up to some 30.
    plausible: { min: 0, max: 50 },
    resolution: 0.01,
    label: { vi: "Oxy hòa tan (DO)", en: "Dissolved oxygen" },
  },
  {
    name: "water.dissolvedOxygenSaturation",
    unit: "%",
    symbol: "%",
    plausible: { min: 0, max: 500 },
    resolution: 0.1,
    label: { vi: "Độ bão hòa oxy", en: "Oxygen saturation" },
  },
  {
    name: "water.orp",
    unit: "mV",
    symbol: "mV",
    plausible: { min: -2000, max: 2000 },
    resolution: 1,
    label: { vi: "Thế oxy hóa khử (ORP)", en: "Redox potential" },
  },
  {
    name: "water.ammonium",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 5000 },
    resolution: 0.01,
    label: { vi: "Amoni (NH₄⁺)", en: "Ammonium" },
  },
  {
    name: "water.ammonia",
    unit: "mg/L",
    symbol: "mg/l",
    // The un-ionised part, which is what kills fish.
    plausible: { min: 0, max: 500 },
    resolution: 0.001,
    label: { vi: "Khí độc NH₃ trong nước", en: "Ammonia in the water" },
  },
  {
    name: "water.h2s",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 100 },
    resolution: 0.001,
    label: { vi: "Khí độc H₂S trong nước", en: "Hydrogen sulphide in the water" },
  },
  {
    name: "water.nitrite",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 500 },
    resolution: 0.01,
    label: { vi: "Nitrit (NO₂⁻)", en: "Nitrite" },
  },
  {
    name: "water.nitrate",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 5000 },
    resolution: 0.1,
    label: { vi: "Nitrat (NO₃⁻)", en: "Nitrate" },
  },
  {
    name: "water.alkalinity",
    unit: "mg/L",
    symbol: "mg/l",
    // As CaCO3.
    plausible: { min: 0, max: 2000 },
    resolution: 1,
    label: { vi: "Độ kiềm", en: "Alkalinity" },
  },
  {
    name: "water.chlorine",
    unit: "mg/L",
    symbol: "mg/l",
    plausible: { min: 0, max: 50 },
    resolution: 0.01,
    label: { vi: "Clo dư", en: "Residual chlorine" },
  },
];
