import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a bright morning, as the first hardware tells it",
    port: 3,
    hex: "01 0115 38 0000C350 1F 0021  02 005A 00000000 2763  03 64",
    values: {
      "air.temperature": 27.7,
      "air.relativeHumidity": 56,
      "air.lightIntensity": 50_000,
      "light.uvIndex": 3.1,
      "wind.speed": 3.3,
      "wind.direction": 90,
      "rain.intensity": 0,
      "air.pressure": 1008.3,
      "power.batteryPercent": 100,
    },
  },
  {
    says: "a typhoon, as the later hardware tells it",
    port: 3,
    hex: "4A 00FD 63 00000064 00 0181  4B 0140 0001D4C0 2580  4C 0226 0003D090",
    values: {
      "air.temperature": 25.3,
      "air.relativeHumidity": 99,
      "air.lightIntensity": 100,
      "light.uvIndex": 0,
      "wind.speed": 38.5,
      "wind.direction": 320,
      "rain.intensity": 120,
      "air.pressure": 960,
      "wind.gust": 55,
      "rain.cumulative": 250,
    },
  },
  { says: "its head does not answer", port: 3, hex: "06 03", flags: ["device-error"] },
];
