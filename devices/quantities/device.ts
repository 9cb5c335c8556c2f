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
  {
    name: "device.tiltX",
    unit: "deg",
    symbol: "°",
    // An anemometer or a rain gauge that stands askew measures wrongly.
    plausible: { min: -180, max: 180 },
    resolution: 0.1,
    label: { vi: "Độ nghiêng trục X", en: "Tilt of the X axis" },
  },
  {
    name: "device.tiltY",
    unit: "deg",
    symbol: "°",
    plausible: { min: -180, max: 180 },
    resolution: 0.1,
    label: { vi: "Độ nghiêng trục Y", en: "Tilt of the Y axis" },
  },
  {
    name: "device.heading",
    unit: "deg",
    symbol: "°",
    plausible: { min: 0, max: 360 },
    resolution: 1,
    label: { vi: "Hướng lắp thiết bị", en: "Heading of the device" },
  },
];
