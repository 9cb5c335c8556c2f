import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "everything at once",
    port: 85,
    hex: "017564 03671001 046871 05840001 0673AA27 07929201 0877C41325",
    values: {
      "power.batteryPercent": 100,
      "air.temperature": 27.2,
      "air.relativeHumidity": 56.5,
      "wind.direction": 25.6,
      "air.pressure": 1015.4,
      "wind.speed": 40.2,
      "rain.cumulative": 50.6,
    },
  },
  {
    says: "history of old firmware",
    port: 85,
    hex: "20CE E59BE164 FF00 79 4F27 BA04 3200 8D13",
    past: {
      "2023-08-20T04:51:49.000Z": {
        "air.temperature": 25.5,
        "air.relativeHumidity": 60.5,
        "air.pressure": 1006.3,
        "wind.direction": 121,
        "wind.speed": 5,
        "rain.cumulative": 50.05,
      },
    },
  },
  {
    says: "history of new firmware, after 995 mm",
    port: 85,
    hex: "21CE E59BE164 FF00 79 4F27 BA04 3200 EA840100",
    past: {
      "2023-08-20T04:51:49.000Z": {
        "air.temperature": 25.5,
        "air.relativeHumidity": 60.5,
        "air.pressure": 1006.3,
        "wind.direction": 121,
        "wind.speed": 5,
        "rain.cumulative": 995.62,
      },
    },
  },
  {
    says: "an alarm of rain alone",
    port: 85,
    hex: "88EC 8D130000 02 01",
    values: { "rain.cumulative": 50.05 },
  },
];
