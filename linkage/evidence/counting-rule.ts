import { createHash } from "node:crypto";
import { z } from "zod";
import { proofKinds } from "../registry/linkage-model.ts";

const share = z.number().min(0).max(1);
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "must be month and day, such as 05-20");
const date = z.iso.date("must be a date, such as 2026-09-28");

/**
 * How a province counts. No text defines what "applies digital technology" means, so every threshold is a setting with a
 * default, and each number names the version it was counted by.
 */
export const CountingRule = z.strictObject({
  version: z.string().min(1).default("mặc định 2026.1"),
  device: z
    .strictObject({
      activeDayShare: share.default(0.6).describe("Active days of the days in season."),
      activeHours: z
        .number()
        .int()
        .min(1)
        .max(24)
        .default(12)
        .describe("Hours with a valid reading in an active day."),
      slowMessageShare: share
        .default(0.5)
        .describe(
          "Instead of hours, for devices that send 24 times a day or less: of the expected messages.",
        ),
      flatLineHours: z
        .number()
        .int()
        .min(2)
        .default(24)
        .describe("Readings that do not move for so long are a dead probe or a made-up value."),
      mayStandStill: z
        .array(z.string())
        .default([
          "rain.",
          "leaf.wetness",
          "light.",
          "wind.",
          "lightning.",
          "motion.",
          "input.",
          "water.dryDays",
        ])
        .describe("Beginnings of names of quantities that are constant for days in good health."),
      participationShare: share
        .default(0.33)
        .describe(
          "Of the days in season, for which a place must have taken part, where the register dates it.",
        ),
      calibrationNeeded: z
        .boolean()
        .default(false)
        .describe("Days on which no calibration of the device holds do not count; else they are only told."),
      noMeasurement: z
        .array(z.string())
        .default(["power.", "radio.", "device.", "valve.", "probe.voltage", "crop.", "leaf.wetHours"])
        .describe("Beginnings of names of quantities that say nothing of field, pond or shed."),
    })
    .prefault({}),
  model: z
    .strictObject({
      completeness: share
        .default(0.7)
        .describe("Valid hours of the hours in season, of the devices that count."),
      leastDevices: z.number().int().min(1).default(1),
      mostDevices: z.number().int().min(1).default(5),
      haPerDevice: z.number().positive().default(20),
      insideZoneShare: share
        .default(0.8)
        .describe("Devices that count whose position is confirmed in the zone."),
      zoneMarginM: z.number().min(0).default(500),
      useWeeks: z
        .number()
        .int()
        .min(0)
        .default(3)
        .describe("Weeks in which a person acted on the model's data."),
    })
    .prefault({}),
  zoneTiedBy: z
    .enum(["code-or-decision", "code", "decision"])
    .default("code-or-decision")
    .describe("What makes a zone: an active planting-area code, a written decision, or either."),
  keyProductNeeded: z.boolean().default(true),
  digitalBy: z
    .array(z.enum(proofKinds).exclude(["attested"]))
    .default(["traceability", "e-diary", "e-commerce"])
    .describe("What counts beside telemetry. An attestation by hand is told apart and never counts here."),
  seasons: z
    .array(z.strictObject({ product: z.string(), from: monthDay, to: monthDay }))
    .default([])
    .describe("Of products that do not stand in the field all year; several of one product add up."),
  forceMajeure: z
    .array(
      z
        .strictObject({
          name: z.string().min(1),
          from: date,
          to: date,
          provinces: z.array(z.string().regex(/^\d{2}$/)).default([]),
          communes: z.array(z.string().regex(/^\d{5}$/)).default([]),
        })
        .refine(({ from, to }) => from <= to, { message: "ends before it begins", path: ["to"] }),
    )
    .default([])
    .describe(
      "Days that nobody is held to: storm, flood, power cut. Codes as on the first of those days; none: everywhere.",
    ),
});
export type CountingRule = z.output<typeof CountingRule>;

/** Version and fingerprint: `mặc định 2026.1 (3f9a0c12)`. A setting that was changed without a new version shows. */
export function ruleLabel(rule: CountingRule): string {
  const fingerprint = createHash("sha256").update(JSON.stringify(rule)).digest("hex").slice(0, 8);
  return `${rule.version} (${fingerprint})`;
}
