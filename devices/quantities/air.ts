import type { QuantityDeclaration } from "./quantity.ts";
import { oneWireTemperature } from "./sentinels.ts";

export const air: readonly QuantityDeclaration[] = [
  {
    name: "air.temperature",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -40, max: 70 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ không khí", en: "Air temperature" },
    sentinels: oneWireTemperature,
  },
  {
    name: "air.relativeHumidity",
    unit: "%",
    symbol: "%",
    // A capacitive probe in saturated night air reads up to its error (3–5 points) above 100 without being broken.
    plausible: { min: 0, max: 105 },
    resolution: 0.1,
    label: { vi: "Độ ẩm không khí", en: "Relative humidity" },
  },
  {
    name: "air.pressure",
    unit: "hPa",
    symbol: "hPa",
    // At the station, not reduced to sea level: 690 hPa on Fansipan, 870 in the eye of the deepest typhoon.
    plausible: { min: 600, max: 1100 },
    resolution: 0.1,
    label: { vi: "Áp suất khí quyển", en: "Air pressure" },
  },
  {
    name: "air.dewPoint",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -60, max: 45 },
    resolution: 0.1,
    label: { vi: "Điểm sương", en: "Dew point" },
  },
  {
    name: "air.vapourPressureDeficit",
    unit: "kPa",
    symbol: "kPa",
    plausible: { min: 0, max: 32 },
    resolution: 0.01,
    label: { vi: "Độ thiếu hụt ẩm (VPD)", en: "Vapour pressure deficit" },
  },
  {
    name: "air.pm25",
    unit: "ug/m3",
    symbol: "µg/m³",
    plausible: { min: 0, max: 5000 },
    resolution: 1,
    label: { vi: "Bụi mịn PM2.5", en: "Fine dust PM2.5" },
  },
  {
    name: "air.pm10",
    unit: "ug/m3",
    symbol: "µg/m³",
    plausible: { min: 0, max: 10_000 },
    resolution: 1,
    label: { vi: "Bụi PM10", en: "Dust PM10" },
  },
];
