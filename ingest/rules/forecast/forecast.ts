import { z } from "zod";
import { checkLevels, levelFields, levelsOf, namesOf } from "../levels.ts";
import { checkOneLimit, oneLimit } from "../one-limit.ts";
import { ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";
import { transformedRule } from "../transformed-rule.ts";
import { Trend } from "./trend.ts";

const limits = {
  ...oneLimit,
  forMs: spanMs
    .optional()
    .describe("Fires only when the trend has led there over this time of the device's clock."),
};

/** Fires when the trend of the last hours reaches a limit within the next ones. */
export const forecast = z
  .strictObject({
    kind: z.literal("forecast"),
    ...ruleFields,
    quantity: watchedQuantity,
    withinMs: spanMs.positive().describe("How far ahead: it would reach the limit within this time."),
    overMs: spanMs.positive().describe("How far back the trend is taken."),
    leastFit: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe("How much of the ups and downs the straight line must explain (r²) to be called a trend."),
    ...levelFields(limits),
  })
  .superRefine((config, context) => {
    checkLevels(config, context, namesOf(limits), (level, complain) =>
      checkOneLimit(level, config.quantity, complain),
    );
    // A straight line through an hour says nothing of the next day.
    if (config.withinMs > 2 * config.overMs)
      context.addIssue({
        code: "custom",
        path: ["withinMs"],
        message: "looks further ahead than twice as far as `overMs` looks back",
      });
  })
  .transform((config) => {
    const { overMs, withinMs, leastFit } = config;
    return transformedRule(config, levelsOf(config, namesOf(limits)), {
      judgedBy: [overMs, withinMs, leastFit],
      quantity: config.quantity,
      forMsOf: ({ forMs = 0 }) => forMs,
      transform: (saved) => new Trend({ overMs, withinMs, leastFit }, saved),
    });
  });
