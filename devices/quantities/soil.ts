import type { QuantityDeclaration } from "./quantity.ts";
import { oneWireTemperature } from "./sentinels.ts";

export const soil: readonly QuantityDeclaration[] = [
  {
    name: "soil.moisture",
    unit: "%",
    symbol: "%",
    // Volumetric water content. Mineral soil is full near 55 %, peat near 90 %.
    plausible: { min: 0, max: 100 },
    resolution: 0.1,
    label: { vi: "Độ ẩm đất", en: "Soil moisture" },
  },
  {
    name: "soil.temperature",
    unit: "Cel",
    symbol: "°C",
    // Bare dry soil under the noon sun passes 65 °C at the surface.
    plausible: { min: -30, max: 75 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ đất", en: "Soil temperature" },
    sentinels: oneWireTemperature,
  },
  {
    name: "soil.ec",
    unit: "dS/m",
    symbol: "dS/m",
    // Bulk conductivity of the soil as it lies, not ECe of its saturation extract.
    plausible: { min: 0, max: 50 },
    resolution: 0.01,
    label: { vi: "Độ dẫn điện của đất (EC)", en: "Soil conductivity" },
  },
  {
    name: "soil.pH",
    unit: "[pH]",
    symbol: "",
    plausible: { min: 0, max: 14 },
    resolution: 0.1,
    label: { vi: "Độ chua của đất (pH)", en: "Soil pH" },
  },
  // Field probes derive N, P and K from the conductivity: an indication, not a soil analysis.
  {
    name: "soil.n",
    unit: "[ppm]",
    symbol: "mg/kg",
    plausible: { min: 0, max: 3000 },
    resolution: 1,
    label: { vi: "Đạm trong đất (N), tham khảo", en: "Soil nitrogen, indicative" },
  },
  {
    name: "soil.p",
    unit: "[ppm]",
    symbol: "mg/kg",
    plausible: { min: 0, max: 3000 },
    resolution: 1,
    label: { vi: "Lân trong đất (P), tham khảo", en: "Soil phosphorus, indicative" },
  },
  {
    name: "soil.k",
    unit: "[ppm]",
    symbol: "mg/kg",
    plausible: { min: 0, max: 3000 },
    resolution: 1,
    label: { vi: "Kali trong đất (K), tham khảo", en: "Soil potassium, indicative" },
  },
  {
    name: "soil.tension",
    unit: "kPa",
    symbol: "kPa",
    // Positive suction. Plants wilt for good near 1,500; dry soil goes on to some thousands.
    plausible: { min: 0, max: 5000 },
    resolution: 1,
    label: { vi: "Sức hút nước của đất", en: "Soil water tension" },
  },
  {
    name: "soil.permittivity",
    unit: "1",
    symbol: "",
    // Relative to vacuum. Cold water has 88.
    plausible: { min: 1, max: 100 },
    resolution: 0.1,
    label: { vi: "Hằng số điện môi của đất", en: "Soil permittivity" },
  },
];
