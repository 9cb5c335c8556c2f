import { z } from "zod";
import { Command } from "../../devices/index.ts";
import { DeviceSummary, PlaceKind } from "./shapes.ts";

/**
 * Bodies of what administrators do: the registry, commands and settings, upkeep. Times are milliseconds since 1970 UTC.
 * Here stands what kind of value a field takes; what the registry allows beyond that, it says itself.
 */

const Ms = z.number().int().describe("Milliseconds since 1970 UTC.");
/** The body was JSON, so its values are; `z.json()` refers to itself, for which the OpenAPI generator makes a reference to nowhere. */
const AnyJson = z.record(z.string(), z.unknown());
const Label = z.string().trim().min(1).max(200);
const Latitude = z.number().min(-90).max(90).nullable().describe("Degrees north, WGS 84.");
const Longitude = z.number().min(-180).max(180).nullable().describe("Degrees east, WGS 84.");
export const ById = z.object({ id: z.string().min(1).max(200) });

const DeviceFields = z.object({
  label: Label.describe("What people call it."),
  model: z.string().min(1).max(100).describe("Device model."),
  devEui: z
    .string()
    .max(40)
    .nullable()
    .describe("Of a LoRaWAN device: 16 hexadecimal digits, with or without separators. Null for all others."),
  intervalMs: z.number().int().nullable().describe("How often it usually sends; null when nobody knows."),
  mountingHeightCm: z
    .number()
    .nullable()
    .describe("Above the zero of the water level, for instruments that measure a distance."),
  latitude: Latitude,
  longitude: Longitude,
  gateway: z.string().min(1).max(100).nullable(),
});

export const DeviceInput = DeviceFields.partial()
  .extend({
    id: z.string().describe("1 to 64 of the characters a-z 0-9 - _ . as it will stand in the topics."),
    place: z.string().nullable().default(null).describe("Where it stands from now on."),
  })
  .meta({ id: "DeviceToAdd" });
export const DevicePatch = z.strictObject(DeviceFields.shape).partial();

export const DeviceDetail = DeviceSummary.extend({
  devEui: z.string().nullable(),
  mountingHeightCm: z.number().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  gateway: z.string().nullable(),
  addedAtMs: Ms,
  placements: z
    .array(z.object({ place: z.string(), fromMs: Ms, toMs: Ms.nullable() }))
    .describe("Where it stood when, oldest first."),
}).meta({ id: "DeviceDetail" });

export const Secret = z
  .object({
    device: z.string(),
    secret: z.string().describe("The device's password for MQTT. It is told this once."),
  })
  .meta({ id: "DeviceSecret" });

export const Rotation = z.strictObject({
  oldValidForMs: z
    .number()
    .int()
    .min(0)
    .max(90 * 86_400_000)
    .default(0)
    .describe("How long the old secret goes on working, so that the device can be told the new one."),
});

export const Move = z.strictObject({
  place: z.string().nullable().describe("Null: it is taken down and stands nowhere."),
  fromMs: Ms.optional().describe("Since when; may lie in the past. Left out: now."),
});

export const CommandInput = z.strictObject({
  name: Command.shape.name,
  args: AnyJson.default({}).describe('Such as `{"minutes": 20}`.'),
});
export const CommandSent = z.object({
  id: z.string().describe("Comes back in the device's acknowledgement."),
});
export const ConfigInput = z.strictObject({
  settings: AnyJson.describe('Such as `{"interval_s": 600}`.'),
});
export const ConfigKept = z.object({ revision: z.number().int() });

const PlaceFields = z.object({
  kind: PlaceKind,
  name: Label,
  communeCode: z.string().min(1).max(20).nullable(),
  communeName: z.string().min(1).max(100).nullable(),
  linkageModel: z.string().min(1).max(100).nullable(),
  areaHa: z.number().nullable(),
  latitude: Latitude,
  longitude: Longitude,
});
export const PlaceInput = PlaceFields.partial()
  .extend({
    id: z.string().describe("1 to 64 of the characters a-z 0-9 - _ ."),
    kind: PlaceKind,
    name: Label,
  })
  .meta({ id: "PlaceToAdd" });
export const PlacePatch = z.strictObject(PlaceFields.shape).partial();
export const PlaceDetail = PlaceFields.extend({ id: z.string() }).meta({ id: "PlaceDetail" });

export const RedecodeInput = z
  .strictObject({
    fromMs: Ms.describe("Server time of arrival, inclusive."),
    toMs: Ms.describe("Exclusive."),
    device: z.string().optional(),
  })
  .refine(({ fromMs, toMs }) => fromMs < toMs, { error: "must be later than fromMs", path: ["toMs"] });
export const RedecodeResult = z
  .object({
    uplinks: z.number().int(),
    readings: z.number().int().describe("That these uplinks give today."),
    readingsBefore: z.number().int().describe("Of these uplinks, as they were stored."),
    added: z.number().int(),
    changed: z.number().int(),
    removed: z.number().int().describe("That an older decoder made, and today's does not."),
    superseded: z.number().int().describe("Left as they are: a later uplink has corrected them since."),
    quarantinedBefore: z.number().int().describe("Entries of these uplinks before."),
    mended: z.number().int().describe("Entries that left quarantine."),
    stillQuarantined: z.number().int(),
    byReason: z.record(z.string(), z.number().int()),
  })
  .meta({ id: "RedecodeAccount" });
export const BackupResult = z.object({
  folder: z.string().describe("On the server."),
  bytes: z.number().int(),
});
