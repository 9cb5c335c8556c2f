import { z } from "zod";
import { HeldWatcher } from "../held-watcher.ts";
import { checkLevels, levelFields, levelsOf, namesOf } from "../levels.ts";
import { boundsOf, checkOneLimit, oneLimit } from "../one-limit.ts";
import { levelledRule, ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";

const limits = {
  ...oneLimit,
  forMs: spanMs
    .optional()
    .describe("Fires only when every reading over this time of the device's clock was beyond the limit."),
};

/** Fires when a value stays beyond a limit. */
export const threshold = z
  .strictObject({
    kind: z.literal("threshold"),
    ...ruleFields,
    quantity: watchedQuantity,
    ...levelFields(limits),
  })
  .superRefine((config, context) =>
    checkLevels(config, context, namesOf(limits), (level, complain) =>
      checkOneLimit(level, config.quantity, complain),
    ),
  )
  .transform((config) => {
    const levels = levelsOf(config, namesOf(limits));
    const bounds = levels.map((level) => boundsOf(level.limits, level.limits.forMs ?? 0));
    return levelledRule(config, levels, {
      quantity: config.quantity,
      begin: (at, saved) => new HeldWatcher(bounds[at]!, saved),
    });
  });
