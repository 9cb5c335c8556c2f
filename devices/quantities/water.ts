import type { QuantityDeclaration } from "./quantity.ts";
import { oneWireTemperature } from "./sentinels.ts";

/** Where water is and how it moves, and what a probe in it says without chemistry. */
export const water: readonly QuantityDeclaration[] = [
  {
    name: "water.temperature",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -5, max: 60 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ nước", en: "Water temperature" },
    sentinels: oneWireTemperature,
  },
  {
    name: "water.level",
    unit: "m",
    symbol: "m",
    // Above the local zero: the soil of a paddy, the mark of a gauge. Below it in a perched tube or a well.
    plausible: { min: -50, max: 50 },
    resolution: 0.001,
    label: { vi: "Mực nước", en: "Water level" },
  },
  {
    name: "water.depth",
    unit: "m",
    symbol: "m",
    // Of the probe under the surface. Hanging dry after the tide, a pressure probe reads some centimetres below zero.
    plausible: { min: -0.5, max: 100 },
    resolution: 0.01,
    label: { vi: "Độ sâu nước", en: "Water depth" },
  },
  {
    name: "water.distance",
    unit: "m",
    symbol: "m",
    // From the instrument down to the surface; with its mounting height it becomes a level.
    plausible: { min: 0, max: 50 },
    resolution: 0.001,
    label: { vi: "Khoảng cách tới mặt nước", en: "Distance to the water" },
  },
  {
    name: "water.pressure",
    unit: "kPa",
    symbol: "kPa",
    // Down to a full vacuum on the suction side of a pump.
    plausible: { min: -101, max: 2500 },
    resolution: 0.1,
    label: { vi: "Áp suất nước", en: "Water pressure" },
  },
  {
    name: "water.flow",
    unit: "L/min",
    symbol: "l/min",
    plausible: { min: 0, max: 200_000 },
    resolution: 0.1,
    label: { vi: "Lưu lượng nước", en: "Water flow" },
  },
  {
    name: "water.velocity",
    unit: "m/s",
    symbol: "m/s",
    // Negative when the tide pushes a river back.
    plausible: { min: -10, max: 10 },
    resolution: 0.01,
    label: { vi: "Tốc độ dòng chảy", en: "Current" },
  },
  {
    name: "water.volume",
    unit: "m3",
    symbol: "m³",
    // A meter's count since it was fitted.
    plausible: { min: 0, max: 100_000_000 },
    resolution: 0.001,
    label: { vi: "Lượng nước đã dùng", en: "Water used" },
  },
  {
    name: "water.turbidity",
    unit: "{NTU}",
    symbol: "NTU",
    // Probes in clear water read a little below zero; a silt-laden flood goes past 5,000.
    plausible: { min: -5, max: 10_000 },
    resolution: 0.1,
    label: { vi: "Độ đục", en: "Turbidity" },
  },
  {
    name: "water.transparency",
    unit: "cm",
    symbol: "cm",
    plausible: { min: 0, max: 2000 },
    resolution: 1,
    label: { vi: "Độ trong", en: "Transparency" },
  },
  {
    name: "water.chlorophyll",
    unit: "ug/L",
    symbol: "µg/l",
    // Fluorescence has an offset: clear water reads slightly negative.
    plausible: { min: -5, max: 1000 },
    resolution: 0.1,
    label: { vi: "Diệp lục (tảo) trong nước", en: "Chlorophyll (algae)" },
  },
];
