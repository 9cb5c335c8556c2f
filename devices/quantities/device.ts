import type { QuantityDeclaration } from "./quantity.ts";

/** How the node itself is. */
export const device: readonly QuantityDeclaration[] = [
  {
    name: "device.temperature",
    unit: "Cel",
    symbol: "°C",
    // A closed box in the sun passes 80 °C, so the power-on value of a DS18B20 is no sentinel here.
    plausible: { min: -40, max: 110 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ trong hộp thiết bị", en: "Temperature inside the device" },
    sentinels: [-127],
  },
  {
    name: "device.uptime",
    unit: "s",
    symbol: "s",
    // Ten years.
    plausible: { min: 0, max: 315_576_000 },
    resolution: 1,
    label: { vi: "Thời gian chạy liên tục", en: "Time since restart" },
  },
];
