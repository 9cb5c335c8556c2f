import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a closed valve and its meter",
    port: 85,
    hex: "01755C 030100 04C805000000",
    values: { "power.batteryPercent": 92, "valve.open": 0, "valve.pulses": 5 },
  },
  {
    says: "both valves, and the pressure in the pipe",
    port: 85,
    hex: "030101 050100 06C810270000 097B2C01",
    values: { "valve.open": 1, "valve.open2": 0, "valve.pulses2": 10000, "water.pressure": 300 },
  },
  {
    says: "history of the second valve",
    port: 85,
    hex: "20CE 3FA10964 17 00000000",
    past: { "2023-03-09T09:05:03.000Z": { "valve.open2": 1, "input.state2": 1 } },
  },
  {
    says: "history of pressure keeps its time",
    port: 85,
    hex: "21CE E59BE164 2C01",
    past: { "2023-08-20T04:51:49.000Z": { "water.pressure": 300 } },
  },
  { says: "the pressure probe failed", port: 85, hex: "B97B01", flags: ["device-error"] },
  { says: "an answer to a command", port: 85, hex: "FE1DA000B00400" },
  {
    says: "history of the first valve, whose input counts",
    port: 85,
    hex: "20CE 3FA10964 01 0A000000",
    past: { "2023-03-09T09:05:03.000Z": { "valve.open": 1, "valve.pulses": 10 } },
  },
];
