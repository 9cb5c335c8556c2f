import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "measurements with ids: 4099 is light here",
    port: 1,
    hex: "01 0110 98530000 01 0310 00E1F505 A3E7",
    values: { "air.temperature": 21.4, "air.lightIntensity": 100000 },
  },
  {
    says: "two channels, and the battery",
    port: 2,
    hex: "30 12 00 00005BCC FFFFFC18 03 5F",
    values: { "logger.channel1": 23.5, "logger.channel2": -1, "power.batteryPercent": 95 },
  },
  {
    says: "an unknown data id hides what follows it",
    port: 2,
    hex: "03 5F 77 01",
    values: { "power.batteryPercent": 95 },
    refused: ["wrong-shape"],
  },
];
