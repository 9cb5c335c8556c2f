import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "air, and a probe on its cable",
    port: 2,
    hex: "CBF6 0B0D 0376 01 0ADD 7FFF",
    values: {
      "power.battery": 3.062,
      "air.temperature": 28.29,
      "air.relativeHumidity": 88.6,
      "probe.temperature": 27.81,
    },
  },
  {
    says: "327.67 is no temperature",
    port: 2,
    hex: "CBC6 0082 00F2 01 7FFF 7FFF",
    values: { "power.battery": 3.014, "air.temperature": 1.3, "air.relativeHumidity": 24.2 },
    flags: ["probe-absent"],
  },
  {
    says: "a light sensor on the cable",
    port: 2,
    hex: "CBF6 0B0D 0376 05 0258 7FFF",
    values: {
      "power.battery": 3.062,
      "air.temperature": 28.29,
      "air.relativeHumidity": 88.6,
      "air.lightIntensity": 600,
    },
  },
  {
    says: "an entry of the log",
    port: 2,
    hex: "0ADD 0B0D 0376 41 60065F97",
    past: {
      "2021-01-19T04:27:03.000Z": {
        "probe.temperature": 27.81,
        "air.temperature": 28.29,
        "air.relativeHumidity": 88.6,
      },
    },
  },
  { says: "another port", port: 42, hex: "CBF60B0D0376010ADD7FFF", refused: ["wrong-shape"] },
  {
    says: "a contact on the cable",
    port: 2,
    hex: "CBF6 0B0D 0376 04 01 00 7FFF",
    values: {
      "power.battery": 3.062,
      "air.temperature": 28.29,
      "air.relativeHumidity": 88.6,
      "input.state": 1,
    },
  },
  {
    says: "a counter on the cable, from the log",
    port: 2,
    hex: "0102 0B0D 0376 47 60065F97",
    past: {
      "2021-01-19T04:27:03.000Z": {
        "probe.count": 258,
        "air.temperature": 28.29,
        "air.relativeHumidity": 88.6,
      },
    },
  },
];
