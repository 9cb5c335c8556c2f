import type { QuantityDeclaration } from "./quantity.ts";

export const wind: readonly QuantityDeclaration[] = [
  {
    name: "wind.speed",
    unit: "m/s",
    symbol: "m/s",
    // Mean over minutes; the strongest typhoons at landfall blow near 85.
    plausible: { min: 0, max: 100 },
    resolution: 0.1,
    label: { vi: "Tốc độ gió", en: "Wind speed" },
  },
  {
    name: "wind.gust",
    unit: "m/s",
    symbol: "m/s",
    plausible: { min: 0, max: 120 },
    resolution: 0.1,
    label: { vi: "Gió giật", en: "Wind gust" },
  },
  {
    name: "wind.direction",
    unit: "deg",
    symbol: "°",
    // Where it comes from, clockwise from north; both 0 and 360 are in use for north.
    plausible: { min: 0, max: 360 },
    resolution: 1,
    label: { vi: "Hướng gió", en: "Wind direction" },
  },
  {
    name: "wind.north",
    unit: "m/s",
    symbol: "m/s",
    // Along the meridian; of a mean over minutes it is what speed and direction cannot say.
    plausible: { min: -120, max: 120 },
    resolution: 0.1,
    label: { vi: "Thành phần gió bắc", en: "Northward wind" },
  },
  {
    name: "wind.east",
    unit: "m/s",
    symbol: "m/s",
    plausible: { min: -120, max: 120 },
    resolution: 0.1,
    label: { vi: "Thành phần gió đông", en: "Eastward wind" },
  },
];
