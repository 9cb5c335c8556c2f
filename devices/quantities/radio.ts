import type { QuantityDeclaration } from "./quantity.ts";

/** The radio link between node and gateway. */
export const radio: readonly QuantityDeclaration[] = [
  {
    name: "radio.rssi",
    unit: "dB{mW}",
    symbol: "dBm",
    plausible: { min: -160, max: 20 },
    resolution: 1,
    label: { vi: "Cường độ sóng (RSSI)", en: "Signal strength" },
    // 3GPP TS 27.007: 99 is "not known or not detectable"; 127 is the same in Bluetooth.
    sentinels: [99, 127],
  },
  {
    name: "radio.snr",
    unit: "dB",
    symbol: "dB",
    plausible: { min: -40, max: 60 },
    resolution: 0.1,
    label: { vi: "Độ rõ của sóng (SNR)", en: "Signal to noise" },
  },
  {
    name: "radio.spreadingFactor",
    unit: "1",
    symbol: "",
    plausible: { min: 5, max: 12 },
    resolution: 1,
    label: { vi: "Hệ số trải phổ LoRa", en: "LoRa spreading factor" },
  },
];
