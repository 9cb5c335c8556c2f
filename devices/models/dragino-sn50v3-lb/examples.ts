import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "mode 1: a sensor for the air on the bus, a probe on its wire",
    port: 2,
    hex: "0B54 0108 0000 00 00FC 0205",
    values: { "power.battery": 2.9, "air.temperature": 25.2, "air.relativeHumidity": 51.7 },
    extras: { "probe.temperature": 26.4, "probe.voltage": 0 },
  },
  {
    says: "mode 1: a sensor for light on the bus, no probe",
    port: 2,
    hex: "0B54 7FFF 04D2 00 1388 0000",
    values: { "power.battery": 2.9, "air.lightIntensity": 5000 },
    extras: { "probe.voltage": 1234 },
    flags: ["probe-absent"],
  },
  {
    says: "mode 2: distance",
    port: 2,
    hex: "0CE4 0105 0000 04 04B0 0190",
    mountingHeightCm: 200,
    values: { "power.battery": 3.3, "air.temperature": 26.1, "water.distance": 1.2, "water.level": 0.8 },
    extras: { "probe.voltage": 0 },
  },
  {
    says: "mode 4: three probes that are not there",
    port: 2,
    hex: "0CE4 FFFF 0000 0C FFFF FFFF",
    values: { "power.battery": 3.3 },
    extras: { "probe.voltage": 0 },
    flags: ["probe-absent"],
  },
  { says: "a mode that is none", port: 2, hex: "0CE401050000 7C 04B00190", refused: ["wrong-shape"] },
];
