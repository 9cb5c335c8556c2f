import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "ozone after a thunderstorm",
    port: 85,
    hex: "0367 3401 0D7D 0600",
    values: { "air.temperature": 30.8, "air.ozone": 0.06 },
  },
  {
    says: "history has ozone where the other variant has formaldehyde",
    port: 85,
    hex: "20CE E59BE164 3401 6500 00 02 A803 2500 6627 2000 3000 0600",
    past: {
      "2023-08-20T04:51:49.000Z": {
        "air.temperature": 30.8,
        "air.relativeHumidity": 50.5,
        "motion.detected": 0,
        "air.lightLevel": 2,
        "air.co2": 936,
        "air.tvocIndex": 0.37,
        "air.pressure": 1008.6,
        "air.pm25": 32,
        "air.pm10": 48,
        "air.ozone": 0.06,
      },
    },
  },
];
