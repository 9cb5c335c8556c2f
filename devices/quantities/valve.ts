import type { QuantityDeclaration } from "./quantity.ts";

/** What a valve controller says of its valves. The first has no number, as in soil the shallowest depth has none. */
export const valve: readonly QuantityDeclaration[] = [
  {
    name: "valve.open",
    unit: "1",
    symbol: "",
    // 0 closed, 1 open.
    plausible: { min: 0, max: 1 },
    resolution: 1,
    label: { vi: "Trạng thái van", en: "Valve open" },
  },
  {
    name: "valve.pulses",
    unit: "1",
    symbol: "",
    // A counter since it was set to zero; how much water a pulse is stands on the meter.
    plausible: { min: 0, max: 4294967294 },
    resolution: 1,
    label: { vi: "Xung đồng hồ nước qua van", en: "Water meter pulses of valve" },
  },
  {
    name: "valve.open2",
    unit: "1",
    symbol: "",
    plausible: { min: 0, max: 1 },
    resolution: 1,
    label: { vi: "Trạng thái van 2", en: "Valve 2 open" },
  },
  {
    name: "valve.pulses2",
    unit: "1",
    symbol: "",
    plausible: { min: 0, max: 4294967294 },
    resolution: 1,
    label: { vi: "Xung đồng hồ nước qua van 2", en: "Water meter pulses of valve 2" },
  },
];
