import type { QuantityDeclaration } from "./quantity.ts";

/** Light and radiation. Under a gap between bright clouds the ground gets more than from the clear sky. */
export const light: readonly QuantityDeclaration[] = [
  {
    name: "air.lightIntensity",
    unit: "lx",
    symbol: "lx",
    plausible: { min: 0, max: 200_000 },
    resolution: 1,
    label: { vi: "Cường độ ánh sáng", en: "Light intensity" },
    // The errors of the BH1750 driver that most home-made nodes carry.
    sentinels: [-1, -2],
  },
  {
    name: "light.par",
    unit: "umol/(m2.s)",
    symbol: "µmol/m²s",
    // Quantum sensors have a small negative offset at night.
    plausible: { min: -20, max: 3000 },
    resolution: 1,
    label: { vi: "Ánh sáng quang hợp (PAR)", en: "Photosynthetic light (PAR)" },
  },
  {
    name: "light.solarIrradiance",
    unit: "W/m2",
    symbol: "W/m²",
    // A pyranometer radiates to the clear night sky and reads a few watts below zero.
    plausible: { min: -20, max: 2000 },
    resolution: 1,
    label: { vi: "Bức xạ mặt trời", en: "Solar irradiance" },
  },
  {
    name: "light.uvIndex",
    unit: "1",
    symbol: "",
    plausible: { min: 0, max: 25 },
    resolution: 0.1,
    label: { vi: "Chỉ số tia cực tím (UV)", en: "UV index" },
  },
  {
    name: "air.lightLevel",
    unit: "1",
    symbol: "",
    // Six steps from dark to bright, where an indoor instrument tells no lux.
    plausible: { min: 0, max: 5 },
    resolution: 1,
    label: { vi: "Mức sáng (0–5)", en: "Light level (0-5)" },
  },
];
