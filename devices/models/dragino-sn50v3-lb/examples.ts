import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "mode 1: a sensor for the air on the bus, a probe on its wire",
    port: 2,
    hex: "0B54 0108 0000 00 00FC 0205",
    values: {
      "power.battery": 2.9,
      "probe.temperature": 26.4,
      "probe.voltage": 0,
      "air.temperature": 25.2,
      "air.relativeHumidity": 51.7,
    },
  },
  {
    says: "mode 1: a sensor for light on the bus, no probe",
    port: 2,
    hex: "0B54 7FFF 04D2 00 1388 0000",
    values: { "power.battery": 2.9, "probe.voltage": 1.234, "air.lightIntensity": 5000 },
    flags: ["probe-absent"],
  },
  {
    says: "mode 2: distance",
    port: 2,
    hex: "0CE4 0105 0000 04 04B0 0190",
    mountingHeightCm: 200,
    values: {
      "power.battery": 3.3,
      "air.temperature": 26.1,
      "probe.voltage": 0,
      "water.distance": 1.2,
      "water.level": 0.8,
    },
  },
  {
    says: "mode 4: three probes that are not there",
    port: 2,
    hex: "0CE4 FFFF 0000 0C FFFF FFFF",
    values: { "power.battery": 3.3, "probe.voltage": 0 },
    flags: ["probe-absent"],
  },
  { says: "a mode that is none", port: 2, hex: "0CE401050000 7C 04B00190", refused: ["wrong-shape"] },
  {
    says: "mode 5: a scale, its low word first",
    port: 2,
    hex: "0CE4 0105 0000 10 86A0 0001",
    values: { "power.battery": 3.3, "air.temperature": 26.1, "probe.voltage": 0, "probe.weight": 100 },
  },
  {
    says: "mode 5: an empty scale that was never set to zero",
    port: 2,
    hex: "0CE4 0105 0000 10 FF9C FFFF",
    values: { "power.battery": 3.3, "air.temperature": 26.1, "probe.voltage": 0, "probe.weight": -0.1 },
  },
  {
    says: "mode 1: 0 in the place of a probe is no frost, the air has 25.2 °C",
    port: 2,
    hex: "0B54 0000 0000 00 00FC 0205",
    values: {
      "power.battery": 2.9,
      "probe.voltage": 0,
      "air.temperature": 25.2,
      "air.relativeHumidity": 51.7,
    },
    flags: ["probe-absent"],
  },
  {
    says: "mode 7: a probe in ice",
    port: 2,
    hex: "0CE4 0000 0000 18 0000",
    values: { "power.battery": 3.3, "air.temperature": 0, "probe.voltage": 0 },
  },
  {
    says: "mode 11: a probe of its own and one on the bus, both below zero",
    port: 2,
    hex: "0CE4 FF38 0000 28 F830",
    values: { "power.battery": 3.3, "probe.temperature": -20, "probe.voltage": 0, "air.temperature": -20 },
  },
];
