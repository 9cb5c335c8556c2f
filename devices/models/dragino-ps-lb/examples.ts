import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a probe for 5 m of water at 12 mA",
    port: 2,
    hex: "0CE4 0005 2EE0 0000 00",
    values: { "power.battery": 3.3, "water.depth": 2.5 },
    extras: { "probe.current": 12, "probe.voltage": 0 },
  },
  {
    says: "a probe for 0.6 MPa at 8 mA",
    port: 2,
    hex: "0CE4 0101 1F40 0000 00",
    values: { "power.battery": 3.3, "water.pressure": 150 },
    extras: { "probe.current": 8, "probe.voltage": 0 },
  },
  {
    says: "a probe around zero, below it",
    port: 2,
    hex: "0CE4 0109 1F40 0000 00",
    values: { "power.battery": 3.3, "water.pressure": -50 },
    extras: { "probe.current": 8, "probe.voltage": 0 },
  },
  {
    says: "a broken wire is no dry well",
    port: 2,
    hex: "0CE4 0005 0000 0000 00",
    values: { "power.battery": 3.3 },
    extras: { "probe.current": 0, "probe.voltage": 0 },
    flags: ["probe-absent"],
  },
  {
    says: "an entry of the log",
    port: 3,
    hex: "0005 0000 2EE0 40 65E00B00",
    past: { "2024-02-29T04:41:36.000Z": { "water.depth": 2.5 } },
    extras: { "probe.current": 12, "probe.voltage": 0 },
  },
];
