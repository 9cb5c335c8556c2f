import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a closed valve and its meter",
    port: 85,
    hex: "01755C 030100 04C805000000",
    values: { "power.batteryPercent": 92 },
    extras: { "valve1.open": 0, "valve1.pulses": 5 },
  },
  {
    says: "both valves, and the pressure in the pipe",
    port: 85,
    hex: "030101 050100 06C810270000 097B2C01",
    values: { "water.pressure": 300 },
    extras: { "valve1.open": 1, "valve2.open": 0, "valve2.pulses": 10_000 },
  },
  {
    says: "history of the second valve",
    port: 85,
    hex: "20CE 3FA10964 17 00000000",
    extras: { "history.valve": 2, "history.open": 1, "history.gpio": 1, "history.pulses": 0 },
  },
  {
    says: "history of pressure keeps its time",
    port: 85,
    hex: "21CE E59BE164 2C01",
    past: { "2023-08-20T04:51:49.000Z": { "water.pressure": 300 } },
  },
  { says: "the pressure probe failed", port: 85, hex: "B97B01", flags: ["device-error"] },
  { says: "an answer to a command", port: 85, hex: "FE1DA000B00400" },
];
