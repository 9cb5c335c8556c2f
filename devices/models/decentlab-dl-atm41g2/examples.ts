import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "an evening, after 70 mm of rain",
    port: 1,
    hex: "02 5EF8 0003 805C 0000 8000 8000 8034 84B3 8036 80E7 8086 A601 81D6 80ED 81C9 809F 8000 1170 0001 0ADC",
    values: {
      "light.solarIrradiance": 9.2,
      "rain.amount": 0,
      "lightning.strikes": 0,
      "lightning.distance": 0,
      "wind.speed": 0.52,
      "wind.direction": 120.3,
      "wind.gust": 0.54,
      "air.temperature": 23.1,
      "air.vapourPressure": 1.34,
      "air.pressure": 972.9,
      "air.relativeHumidity": 47,
      "device.temperature": 23.7,
      "device.tiltX": 45.7,
      "device.tiltY": 15.9,
      "rain.cumulative": 70,
      "power.battery": 2.78,
    },
  },
  { says: "the battery alone", port: 1, hex: "02 5EF8 0002 0ADC", values: { "power.battery": 2.78 } },
  {
    says: "its head does not answer: that is no dry day",
    port: 1,
    hex: `02 5EF8 0003 ${"0000 ".repeat(17)} 0ADC`,
    values: { "power.battery": 2.78 },
    flags: ["probe-absent"],
  },
];
