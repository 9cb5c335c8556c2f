import { channel } from "../frames/channel.ts";
import { int16LE, skip, uint8, uint16LE } from "../frames/fields.ts";
import { milesight, tlv } from "../frames/milesight.ts";

/** An electrochemical cell needs its time to polarise before it measures. */
const cell = { 65534: "warming-up", 65535: "device-error" } as const;

export const milesightGs301 = milesight({
  name: "milesight-gs301",
  label: "GS301 ammonia and hydrogen sulphide",
  answers: [
    [0x2f, 1],
    [0x3e, 1],
    [0x66, 2],
    [0x7d, 1],
    [0x8d, 6],
  ],
  channels: [
    tlv(0x0267, int16LE(channel("air.temperature", { unit: "Cel", over: 10 }))),
    tlv(0x0368, uint8(channel("air.relativeHumidity", { unit: "%", over: 2 }))),
    tlv(0x047d, uint16LE(channel("air.nh3", { unit: "[ppm]", over: 100, codes: cell }))),
    tlv(0x057d, uint16LE(channel("air.h2s", { unit: "[ppm]", over: 100, codes: cell }))),
    // Ten times finer since firmware 1.2.
    tlv(0x067d, uint16LE(channel("air.h2s", { unit: "[ppm]", over: 1000, codes: cell }))),
    // The result of a calibration.
    tlv(0x07ea, skip(5)),
    // Which cells are in it, as text.
    tlv(0xff7c, skip(43)),
  ],
});
