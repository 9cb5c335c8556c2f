import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "everything at once",
    port: 85,
    hex: "03673401 046865 050001 06CB02 077DA803 087D2500 09736627 0A7D0400 0B7D2000 0C7D3000",
    values: {
      "air.temperature": 30.8,
      "air.relativeHumidity": 50.5,
      "motion.detected": 1,
      "air.lightLevel": 2,
      "air.co2": 936,
      "air.tvocIndex": 0.37,
      "air.pressure": 1008.6,
      "air.formaldehyde": 0.04,
      "air.pm25": 32,
      "air.pm10": 48,
    },
  },
  {
    says: "history keeps its time",
    port: 85,
    hex: "20CE E59BE164 3401 6500 00 02 A803 2500 6627 2000 3000 0400",
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
        "air.formaldehyde": 0.04,
      },
    },
  },
];
