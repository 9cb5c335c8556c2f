import type { QuantityDeclaration } from "./quantity.ts";
import { oneWireTemperature } from "./sentinels.ts";

/**
 * What comes out of an input to which its owner may wire anything. The node does not know what it measures, only its
 * owner does: no default is guessed, and no rule is made of it unasked.
 */
export const probe: readonly QuantityDeclaration[] = [
  {
    name: "probe.temperature",
    unit: "Cel",
    symbol: "°C",
    // In the air, in water, in a compost heap. 85 lies within, yet is never believed: a DS18B20 says so after power-on.
    plausible: { min: -60, max: 130 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ đầu đo ngoài", en: "External probe temperature" },
    sentinels: oneWireTemperature,
  },
  {
    name: "probe.temperature2",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -60, max: 130 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ đầu đo ngoài 2", en: "External probe temperature 2" },
    sentinels: oneWireTemperature,
  },
  {
    name: "probe.temperature3",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -60, max: 130 },
    resolution: 0.1,
    label: { vi: "Nhiệt độ đầu đo ngoài 3", en: "External probe temperature 3" },
    sentinels: oneWireTemperature,
  },
  {
    name: "probe.relativeHumidity",
    unit: "%",
    symbol: "%",
    plausible: { min: 0, max: 105 },
    resolution: 0.1,
    label: { vi: "Độ ẩm tại đầu đo ngoài", en: "External probe humidity" },
  },
  {
    name: "probe.voltage",
    unit: "V",
    symbol: "V",
    plausible: { min: -1, max: 60 },
    resolution: 0.001,
    label: { vi: "Điện áp đầu vào", en: "Input voltage" },
  },
  {
    name: "probe.voltage2",
    unit: "V",
    symbol: "V",
    plausible: { min: -1, max: 60 },
    resolution: 0.001,
    label: { vi: "Điện áp đầu vào 2", en: "Input voltage 2" },
  },
  {
    name: "probe.voltage3",
    unit: "V",
    symbol: "V",
    plausible: { min: -1, max: 60 },
    resolution: 0.001,
    label: { vi: "Điện áp đầu vào 3", en: "Input voltage 3" },
  },
  {
    name: "probe.current",
    unit: "mA",
    symbol: "mA",
    plausible: { min: 0, max: 30 },
    resolution: 0.001,
    label: { vi: "Dòng điện vòng 4–20 mA", en: "Loop current 4-20 mA" },
  },
  {
    name: "probe.count",
    unit: "1",
    symbol: "",
    // A counter since power-on; it wraps or starts again.
    plausible: { min: 0, max: 4294967294 },
    resolution: 1,
    label: { vi: "Số xung đếm được", en: "Pulses counted" },
  },
  {
    name: "probe.count2",
    unit: "1",
    symbol: "",
    plausible: { min: 0, max: 4294967294 },
    resolution: 1,
    label: { vi: "Số xung đếm được 2", en: "Pulses counted 2" },
  },
  {
    name: "probe.pressureDifference",
    unit: "Pa",
    symbol: "Pa",
    // Over a filter, a fan, a pitot tube.
    plausible: { min: -20000, max: 20000 },
    resolution: 1,
    label: { vi: "Chênh lệch áp suất", en: "Pressure difference" },
  },
  {
    name: "probe.weight",
    unit: "kg",
    symbol: "kg",
    // A feed bin, a beehive. Below zero when its empty weight was never set.
    plausible: { min: -1000, max: 100_000 },
    resolution: 0.001,
    label: { vi: "Khối lượng cân được", en: "Weight" },
  },
  {
    name: "input.state",
    unit: "1",
    symbol: "",
    // 0 low or open, 1 high or closed.
    plausible: { min: 0, max: 1 },
    resolution: 1,
    label: { vi: "Tín hiệu đầu vào", en: "Digital input" },
  },
  {
    name: "input.state2",
    unit: "1",
    symbol: "",
    plausible: { min: 0, max: 1 },
    resolution: 1,
    label: { vi: "Tín hiệu đầu vào 2", en: "Digital input 2" },
  },
];
