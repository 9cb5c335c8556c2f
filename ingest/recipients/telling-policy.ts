import { z } from "zod";
import { roles } from "../../devices/index.ts";

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 22:00")
  .describe("Viet Nam's time.");
const rolesTold = z.array(z.enum(roles)).readonly();
const minutes = z.number().int().min(1).max(10_080);
const messages = z.number().int().min(1).max(1000);

/**
 * Who is told of alerts, when, and how much. Farmers are told of their own places, officers of their communes, administrators of
 * everything; each as they like it, and only by ways to which they have agreed.
 */
export const tellingPolicy = z.strictObject({
  quietHours: z
    .strictObject({ from: timeOfDay, to: timeOfDay })
    .nullable()
    .default({ from: "22:00", to: "05:00" })
    .describe("What is not critical waits until they end; null: none."),
  tellFirst: z
    .strictObject({
      critical: rolesTold.default(["farmer", "officer"]),
      warning: rolesTold.default(["farmer"]),
      info: rolesTold.default(["farmer"]),
    })
    .prefault({})
    .describe("Who is told as soon as it fires, by severity."),
  escalateTo: rolesTold
    .default(["farmer", "officer", "admin"])
    .describe(
      "Who is told next while nobody acknowledges, in this order; whoever was told already is left out.",
    ),
  escalateAfterMinutes: z
    .strictObject({
      critical: minutes.nullable().default(15),
      warning: minutes.nullable().default(240),
      info: minutes.nullable().default(null),
    })
    .prefault({})
    .describe("How long each of them has to acknowledge; null: nobody else is told."),
  otherWayAfterMinutes: z
    .strictObject({
      critical: minutes.default(2),
      warning: minutes.default(15),
      info: minutes.default(120),
    })
    .prefault({})
    .describe(
      "How long a way to a person may fail before they are told by their next one as well; the first to get through calls the others off.",
    ),
  limits: z
    .strictObject({
      perHour: messages.default(3),
      perDay: messages.default(8),
      criticalPerHour: messages.default(20),
    })
    .prefault({})
    .describe(
      "Most messages to one person. What is above it waits, and comes as one message; what is critical has a limit of its own.",
    ),
  linkHours: z
    .number()
    .int()
    .min(1)
    .max(720)
    .default(72)
    .describe("How long the link in a message acknowledges."),
});
export type TellingPolicy = z.infer<typeof tellingPolicy>;
