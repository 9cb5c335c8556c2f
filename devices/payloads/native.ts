import { z } from "zod";

/**
 * The native payloads: JSON in UTF-8, one schema a channel. Unknown members are let through, so firmware may send more
 * than we read.
 */

export const DeviceTime = z
  .union([z.number(), z.string()])
  .describe(
    "Seconds or milliseconds since 1970 UTC, or RFC 3339 with an offset. Missing: the time of arrival counts.",
  );

export const TelemetryValue = z
  .union([z.number(), z.string(), z.null()])
  .describe("A number in the quantity's unit, also as a numeric string; null: not measured this time.");
export type TelemetryValue = z.infer<typeof TelemetryValue>;

export const TelemetryItem = z
  .looseObject({
    ts: DeviceTime.optional(),
    seq: z.number().int().nonnegative().optional().describe("Counts the device's uplinks."),
    values: z.record(z.string(), TelemetryValue).describe("By name of the quantity: `soil.moisture`."),
  })
  .meta({ id: "TelemetryItem" });
export type TelemetryItem = z.infer<typeof TelemetryItem>;

export const Telemetry = z
  .union([TelemetryItem, z.array(TelemetryItem)])
  .describe("One item, or several at once when a device sends what it had stored.");
export type Telemetry = z.infer<typeof Telemetry>;

export const Status = z
  .looseObject({
    online: z.boolean().describe("The last will says false."),
    ts: DeviceTime.optional(),
    firmware: z.string().max(100).optional().describe("Name and version of the firmware."),
  })
  .meta({ id: "Status" });
export type Status = z.infer<typeof Status>;

export const Command = z
  .looseObject({
    id: z
      .string()
      .min(1)
      .max(64)
      .describe("Comes back in the acknowledgement; a repeated id is not done again."),
    name: z.string().min(1).max(64).describe("Such as `irrigate`."),
    args: z.record(z.string(), z.json()).default({}).describe('Such as `{"minutes": 20}`.'),
    expiresAt: DeviceTime.optional().describe(
      "After this the device must not begin: water is no use a day late.",
    ),
  })
  .meta({ id: "Command" });
export type Command = z.infer<typeof Command>;

export const CommandAck = z
  .looseObject({
    id: z.string().min(1).max(64),
    state: z
      .enum(["accepted", "done", "failed", "refused"])
      .describe("`accepted` is followed by `done` or `failed`."),
    message: z.string().max(1000).optional(),
    ts: DeviceTime.optional(),
  })
  .meta({ id: "CommandAck" });
export type CommandAck = z.infer<typeof CommandAck>;

/** Desired settings down, and what the device really runs with up: the same shape, so that they can be compared. */
export const Config = z
  .looseObject({
    revision: z.number().int().nonnegative().describe("Grows with every change of the desired settings."),
    settings: z.record(z.string(), z.json()).describe('Such as `{"interval_s": 600}`.'),
  })
  .meta({ id: "Config" });
export type Config = z.infer<typeof Config>;
