import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a full greenhouse",
    port: 85,
    hex: "017564 03671901 046873 057D6704 06736827",
    values: {
      "power.batteryPercent": 100,
      "air.temperature": 28.1,
      "air.relativeHumidity": 57.5,
      "air.co2": 1127,
      "air.pressure": 1008.8,
    },
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 6704 6827 1901 73",
    past: {
      "2023-08-20T04:51:49.000Z": {
        "air.co2": 1127,
        "air.pressure": 1008.8,
        "air.temperature": 28.1,
        "air.relativeHumidity": 57.5,
      },
    },
  },
  { says: "still warming up", port: 85, hex: "057D0000", refused: ["sentinel air.co2"] },
];
