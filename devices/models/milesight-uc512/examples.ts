import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "an open valve",
    port: 85,
    hex: "01755C 030101 04C805000000",
    values: { "power.batteryPercent": 92, "valve.open": 1, "valve.pulses": 5 },
  },
  {
    says: "an alarm of pressure",
    port: 85,
    hex: "0BF5 01 02 6400 9001 F401 01",
    values: { "water.pressure": 500 },
  },
];
