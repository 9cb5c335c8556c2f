import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "on a port of its owner's choice",
    port: 1,
    hex: "017532 0367C800 04683C",
    values: { "power.batteryPercent": 50, "air.temperature": 20, "air.relativeHumidity": 30 },
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE 9E744663 1001 5D00",
    past: { "2022-10-12T08:02:38.000Z": { "air.temperature": 27.2, "air.relativeHumidity": 46.5 } },
  },
  {
    says: "a cold night",
    port: 85,
    hex: "0367F6FF 0468C8",
    values: { "air.temperature": -1, "air.relativeHumidity": 100 },
  },
  {
    says: "the temperature crossed a limit",
    port: 85,
    hex: "8367 5801 01",
    values: { "air.temperature": 34.4 },
  },
];
