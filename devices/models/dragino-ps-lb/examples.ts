import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a probe for 5 m of water at 12 mA",
    port: 2,
    hex: "0CE4 0005 2EE0 0000 00",
    values: { "power.battery": 3.3, "probe.voltage": 0, "probe.current": 12, "water.depth": 2.5 },
  },
  {
    says: "a probe for 0.6 MPa at 8 mA",
    port: 2,
    hex: "0CE4 0101 1F40 0000 00",
    values: { "power.battery": 3.3, "probe.voltage": 0, "probe.current": 8, "water.pressure": 150 },
  },
  {
    says: "a probe around zero, below it",
    port: 2,
    hex: "0CE4 0109 1F40 0000 00",
    values: { "power.battery": 3.3, "probe.voltage": 0, "probe.current": 8, "water.pressure": -50 },
  },
  {
    says: "a broken wire is no dry well",
    port: 2,
    hex: "0CE4 0005 0000 0000 00",
    values: { "power.battery": 3.3, "probe.voltage": 0, "probe.current": 0 },
    flags: ["probe-absent"],
  },
  {
    says: "an entry of the log",
    port: 3,
    hex: "0005 0000 2EE0 40 65E00B00",
    past: { "2024-02-29T04:41:36.000Z": { "probe.voltage": 0, "probe.current": 12, "water.depth": 2.5 } },
  },
  {
    says: "with a pulse counter",
    port: 2,
    hex: "0CE4 0005 2EE0 0000 00 00000102",
    values: {
      "power.battery": 3.3,
      "probe.current": 12,
      "probe.voltage": 0,
      "water.depth": 2.5,
      "probe.count": 258,
    },
  },
  {
    says: "many voltages at once",
    port: 7,
    hex: "0CE4 0BB8 0BB9",
    values: { "power.battery": 3.3 },
    refused: ["wrong-shape"],
  },
];
