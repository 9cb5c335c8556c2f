import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "a clean shed",
    port: 85,
    hex: "017564 02671C01 036864 047D0000 057D0100",
    values: {
      "power.batteryPercent": 100,
      "air.temperature": 28.4,
      "air.relativeHumidity": 50,
      "air.nh3": 0,
      "air.h2s": 0.01,
    },
  },
  {
    says: "cells that polarise are no 655.34 ppm",
    port: 85,
    hex: "02671C01 047DFEFF 057DFEFF",
    values: { "air.temperature": 28.4 },
    flags: ["warming-up"],
  },
  {
    says: "a cell that failed",
    port: 85,
    hex: "047DFFFF 067D3200",
    values: { "air.h2s": 0.05 },
    flags: ["device-error"],
  },
  {
    says: "which cells are in it, then the ammonia",
    port: 85,
    hex: "FF7C 4E48332D313030 000000000000000000000000000000000000000000000000000000000000000000000000 047D E803",
    values: { "air.nh3": 10 },
  },
];
