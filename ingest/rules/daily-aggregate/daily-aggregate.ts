import { z } from "zod";
import { dayMs } from "../../../calendar/index.ts";
import { checkLevels, levelFields, levelsOf, namesOf } from "../levels.ts";
import { checkOneLimit, oneLimit } from "../one-limit.ts";
import { ruleFields, watchedQuantity } from "../rule-fields.ts";
import { transformedRule } from "../transformed-rule.ts";
import { DayFold, dailyValues } from "./day-fold.ts";

const limits = {
  ...oneLimit,
  forDays: z
    .number()
    .int()
    .min(1)
    .max(366)
    .optional()
    .describe("So many days running; 1 when not given. A day that is not known breaks the run."),
};

/** Fires when what a local day (or night) comes to is beyond a limit; judged once the day is over. */
export const dailyAggregate = z
  .strictObject({
    kind: z.literal("daily-aggregate"),
    ...ruleFields,
    quantity: watchedQuantity,
    of: z.enum(dailyValues).describe("What of the day: its minimum, maximum, mean, sum or range."),
    part: z
      .enum(["day", "night"])
      .default("day")
      .describe("night: from 18:00 to 06:00; it belongs to the day of its morning."),
    fewestHours: z
      .number()
      .int()
      .min(1)
      .max(24)
      .optional()
      .describe("Hours with readings without which a day is not known; 18 of a day, 9 of a night."),
    ...levelFields(limits),
  })
  .superRefine((config, context) => {
    const ofDay = config.of !== "sum" && config.of !== "range";
    checkLevels(config, context, namesOf(limits), (level, complain) =>
      // A sum or a range may lie where no single reading does.
      checkOneLimit(level, ofDay ? config.quantity : "", complain),
    );
    if (config.part === "night" && (config.fewestHours ?? 0) > 12)
      context.addIssue({ code: "custom", path: ["fewestHours"], message: "a night has 12 hours" });
  })
  .transform((config) => {
    const { of, part } = config;
    const parts = { of, part, fewestHours: config.fewestHours ?? (part === "day" ? 18 : 9) };
    return transformedRule(config, levelsOf(config, namesOf(limits)), {
      judgedBy: [parts],
      quantity: config.quantity,
      forMsOf: ({ forDays = 1 }) => (forDays - 1) * dayMs,
      transform: (saved) => new DayFold(parts, saved),
    });
  });
