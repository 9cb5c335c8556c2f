import { z } from "zod";
import type { Downlink, DownlinkCommand } from "../device-model.ts";

const port = 85;
const valveTask = [0xff, 0x1d] as const;
const reportInterval = [0xff, 0x03] as const;
const openBit = 0x20;
const forSomeTimeBit = 0x80;
/** Executed at once, whatever the device has planned. */
const atOnce = 0;

const Valve = z.object({ valve: z.literal([1, 2], "valve must be 1 or 2").default(1) });
const Irrigation = Valve.extend({
  minutes: z
    .number("minutes must be a number")
    .positive("minutes must be above 0")
    .max(24 * 60, "minutes must be at most 1440, a day"),
});
const Interval = z.object({
  minutes: z
    .number("minutes must be a number")
    .min(1, "minutes must be at least 1")
    .max(1080, "minutes must be at most 1080"),
});

/**
 * Commands of the valve controllers. The device itself ends an irrigation: it does so also when no second
 * downlink ever reaches it.
 */
export const valveCommands: Readonly<Record<string, DownlinkCommand>> = {
  irrigate: {
    says: "opens a valve for some minutes: {valve: 1, minutes: 20}",
    encode(args) {
      const { valve, minutes } = parsed(Irrigation, args);
      const seconds = Math.round(minutes * 60);
      return downlink(
        ...valveTask,
        forSomeTimeBit | openBit | (valve - 1),
        atOnce,
        ...littleEndian(seconds, 3),
      );
    },
  },
  open: {
    says: "opens a valve until it is closed: {valve: 1}",
    encode: (args) => downlink(...valveTask, openBit | (parsed(Valve, args).valve - 1), atOnce),
  },
  close: {
    says: "closes a valve: {valve: 1}",
    encode: (args) => downlink(...valveTask, parsed(Valve, args).valve - 1, atOnce),
  },
  "set-interval": {
    says: "sends every so many minutes: {minutes: 10}",
    encode: (args) => {
      const seconds = Math.round(parsed(Interval, args).minutes * 60);
      return downlink(...reportInterval, ...littleEndian(seconds, 2));
    },
  },
};

function parsed<T>(schema: z.ZodType<T>, args: unknown): T {
  const found = schema.safeParse(args ?? {});
  if (found.success) return found.data;
  throw new TypeError(found.error.issues.map(({ message }) => message).join("; "));
}

const downlink = (...bytes: readonly number[]): Downlink => ({ port, bytes: Uint8Array.from(bytes) });

function littleEndian(value: number, size: number): readonly number[] {
  return Array.from({ length: size }, (_, byte) => (value >>> (8 * byte)) & 0xff);
}
