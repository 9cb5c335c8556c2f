import { z } from "zod";
import { CountingRule } from "../../linkage/evidence/counting-rule.ts";
import { plans } from "../../linkage/indicators/plans.ts";

/** The `linkage` part of the configuration. */
export const linkageSettings = z.strictObject({
  plan: z
    .string()
    .refine((id) => plans.some((plan) => plan.id === id), {
      error: `must be one of ${plans.map(({ id }) => id).join(", ")}`,
    })
    .nullable()
    .default(null)
    .describe("Whose targets the page shows first. Left out: by where the records of the register lie."),
  rule: CountingRule.prefault({}).describe("By what it is counted; what is left out keeps its default."),
  openData: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe("Whether anybody may read confirmed counts at /open/v1, without signing in."),
      requestsPerMinute: z.number().int().min(1).default(60).describe("From one address."),
    })
    .prefault({}),
  export: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .describe("Into which the open tables are written, for the province's integration platform."),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day in Vietnam, such as 02:30")
        .default("02:30"),
    })
    .nullable()
    .default(null)
    .describe("Writes what is open into a folder once a day; null: never."),
});
