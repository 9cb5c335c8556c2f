import type { QuantityDeclaration } from "./quantity.ts";

/** Gases that people and animals breathe in a livestock shed; by volume. */
export const shedGas: readonly QuantityDeclaration[] = [
  {
    name: "air.co2",
    unit: "[ppm]",
    symbol: "ppm",
    // Open air has 420; crops in a closed greenhouse draw it down to some 150. A zero is a sensor still warming up.
    plausible: { min: 100, max: 50_000 },
    resolution: 1,
    label: { vi: "Khí CO₂", en: "Carbon dioxide" },
    sentinels: [0],
  },
  {
    name: "air.nh3",
    unit: "[ppm]",
    symbol: "ppm",
    plausible: { min: 0, max: 500 },
    resolution: 0.1,
    label: { vi: "Khí amoniac (NH₃)", en: "Ammonia in the air" },
  },
  {
    name: "air.h2s",
    unit: "[ppm]",
    symbol: "ppm",
    plausible: { min: 0, max: 300 },
    resolution: 0.01,
    label: { vi: "Khí H₂S (mùi trứng thối)", en: "Hydrogen sulphide in the air" },
  },
  {
    name: "air.ch4",
    unit: "[ppm]",
    symbol: "ppm",
    // 50,000 ppm is the lower explosive limit, where biogas becomes a bomb.
    plausible: { min: 0, max: 50_000 },
    resolution: 1,
    label: { vi: "Khí mê-tan (CH₄)", en: "Methane" },
  },
  {
    name: "air.co",
    unit: "[ppm]",
    symbol: "ppm",
    plausible: { min: 0, max: 2000 },
    resolution: 1,
    label: { vi: "Khí CO (khí than)", en: "Carbon monoxide" },
  },
];
