import { z } from "zod";
import { deviceIdRule, isDeviceId } from "../topics.ts";
import { bothOrNone, bothOrNoneRule, DevEui, Id, Label, Latitude, Longitude } from "./fields.ts";

const longestIntervalMs = 366 * 86_400_000;

export const DeviceFields = z
  .strictObject({
    id: z.string().refine(isDeviceId, `must be ${deviceIdRule}`),
    label: Label.default("").describe("What people call it; its id when they call it nothing else."),
    model: Id.default("native").describe("The device model, which knows how to decode its uplinks."),
    devEui: DevEui.nullable()
      .default(null)
      .describe("Of a LoRaWAN device, by which its network server names it; null for all others."),
    intervalMs: z
      .number()
      .int()
      .positive()
      .max(longestIntervalMs)
      .nullable()
      .default(null)
      .describe("How often it usually sends; null when nobody knows."),
    mountingHeightCm: z
      .number()
      .positive()
      .max(10_000)
      .nullable()
      .default(null)
      .describe("Above the zero of the water level, for instruments that measure a distance."),
    latitude: Latitude,
    longitude: Longitude,
    gateway: Id.nullable().default(null),
  })
  .refine(bothOrNone, bothOrNoneRule);

export type NewDevice = z.input<typeof DeviceFields>;

/** One unit in the ground. */
export interface Device extends Readonly<z.output<typeof DeviceFields>> {
  readonly addedAtMs: number;
  readonly removedAtMs: number | null;
}

export type DevicePatch = Partial<Omit<z.output<typeof DeviceFields>, "id">>;

export const deviceFields = [
  "id",
  "label",
  "model",
  "devEui",
  "intervalMs",
  "mountingHeightCm",
  "latitude",
  "longitude",
  "gateway",
  "addedAtMs",
  "removedAtMs",
] as const satisfies readonly (keyof Device)[];
