import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a calm hour",
    port: 1,
    hex: "02 035A 0003 800A 8000 8000 8000 8009 812B 8014 8108 80B4 A57C 820C 8109 8002 7FE8 8056 8008 8004 0BF5",
    values: {
      "light.solarIrradiance": 10,
      "rain.amount": 0,
      "lightning.strikes": 0,
      "lightning.distance": 0,
      "wind.speed": 0.09,
      "wind.direction": 29.9,
      "wind.gust": 0.2,
      "air.temperature": 26.4,
      "air.vapourPressure": 1.8,
      "air.pressure": 959.6,
      "air.relativeHumidity": 52.4,
      "device.temperature": 26.5,
      "device.tiltX": 0.2,
      "device.tiltY": -2.4,
      "device.heading": 86,
      "wind.north": 0.08,
      "wind.east": 0.04,
      "power.battery": 3.061,
    },
  },
  { says: "the battery alone", port: 1, hex: "02 035A 0002 0BF5", values: { "power.battery": 3.061 } },
];
