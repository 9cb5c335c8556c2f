import type { Example } from "../example.ts";

export const examples: readonly Example[] = [
  {
    says: "air",
    port: 1,
    hex: "01 0110 98530000 01 0210 A87A0000 AF51",
    values: { "air.temperature": 21.4, "air.relativeHumidity": 31.4 },
  },
  {
    says: "battery and interval; the probe was pulled out",
    port: 1,
    hex: "00 0000 01010001 00 0700 64003C00 01 2001 00000000 2890",
    values: { "power.batteryPercent": 100 },
    flags: ["probe-absent"],
  },
  {
    says: "versions and serial numbers",
    port: 1,
    hex: "01 0100 01010001 01 0200 6A010015 01 0300 30F1F72C 01 0400 090C1314 01 0500 7F4D0000 01 0600 00000000 4CBE",
  },
  { says: "a byte too few", port: 1, hex: "01 0110 98530000 AF", refused: ["wrong-shape"] },
];
