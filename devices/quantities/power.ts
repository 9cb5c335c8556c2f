import type { QuantityDeclaration } from "./quantity.ts";

/** What keeps the node, and the pump beside it, running. */
export const power: readonly QuantityDeclaration[] = [
  {
    name: "power.battery",
    unit: "V",
    symbol: "V",
    // Up to a 24 V lead battery on charge; some vendors put percent here, which must not pass as volts.
    plausible: { min: 0, max: 32 },
    resolution: 0.01,
    label: { vi: "Điện áp pin", en: "Battery voltage" },
  },
  {
    name: "power.batteryPercent",
    unit: "%",
    symbol: "%",
    plausible: { min: 0, max: 100 },
    resolution: 1,
    label: { vi: "Mức pin", en: "Battery level" },
    // LoRaWAN DevStatusAns: "the end-device was not able to measure the battery level".
    sentinels: [255],
  },
  {
    name: "power.solar",
    unit: "V",
    symbol: "V",
    plausible: { min: 0, max: 150 },
    resolution: 0.01,
    label: { vi: "Điện áp pin mặt trời", en: "Solar panel voltage" },
  },
  {
    name: "power.voltage",
    unit: "V",
    symbol: "V",
    plausible: { min: 0, max: 500 },
    resolution: 0.1,
    label: { vi: "Điện áp lưới", en: "Mains voltage" },
  },
  {
    name: "power.current",
    unit: "A",
    symbol: "A",
    plausible: { min: -500, max: 500 },
    resolution: 0.01,
    label: { vi: "Dòng điện", en: "Current drawn" },
  },
  {
    name: "power.active",
    unit: "W",
    symbol: "W",
    // Negative when a solar roof feeds the grid.
    plausible: { min: -250_000, max: 250_000 },
    resolution: 1,
    label: { vi: "Công suất điện", en: "Power drawn" },
  },
  {
    name: "power.energy",
    unit: "kW.h",
    symbol: "kWh",
    plausible: { min: 0, max: 10_000_000 },
    resolution: 0.01,
    label: { vi: "Điện năng đã dùng", en: "Energy used" },
  },
];
