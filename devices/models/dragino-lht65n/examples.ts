import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "no probe on the cable",
    port: 2,
    hex: "CBC6 0082 00F2 01 7FFF 7FFF",
    values: { "power.battery": 3.014, "air.temperature": 1.3, "air.relativeHumidity": 24.2 },
    flags: ["probe-absent"],
  },
  {
    says: "with a time of its own",
    port: 2,
    hex: "0ADD 0B0D C376 09 65E00B00",
    past: {
      "2024-02-29T04:41:36.000Z": {
        "probe.temperature": 27.81,
        "air.temperature": 28.29,
        "air.relativeHumidity": 88.6,
      },
    },
  },
  {
    says: "sent again after the network came back",
    port: 3,
    hex: "0ADD 0B0D 0376 81 65E00B00  0AD3 0B03 036C 81 65E00F84",
    past: {
      "2024-02-29T04:41:36.000Z": {
        "probe.temperature": 27.81,
        "air.temperature": 28.29,
        "air.relativeHumidity": 88.6,
      },
      "2024-02-29T05:00:52.000Z": {
        "probe.temperature": 27.71,
        "air.temperature": 28.19,
        "air.relativeHumidity": 87.6,
      },
    },
  },
  {
    says: "a clock that was never set",
    port: 3,
    hex: "0ADD 0B0D 0376 41 00000E10",
    refused: [
      "clock-implausible probe.temperature",
      "clock-implausible air.temperature",
      "clock-implausible air.relativeHumidity",
    ],
  },
  {
    says: "a burst of temperatures has no times, and is no air",
    port: 3,
    hex: "0BB8 01 0ADD 0AD3 0AC8",
    values: { "power.battery": 3 },
    refused: ["wrong-shape"],
  },
  {
    says: "an entry of the log from a cold store is no burst",
    port: 3,
    hex: "0ADD 012C 0376 41 65E00B00",
    past: {
      "2024-02-29T04:41:36.000Z": {
        "probe.temperature": 27.81,
        "air.temperature": 3,
        "air.relativeHumidity": 88.6,
      },
    },
  },
];
