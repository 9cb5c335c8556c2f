import { z } from "zod";
import { type Bounds, HeldWatcher } from "../held-watcher.ts";
import { checkLevels, levelFields, levelsOf, namesOf } from "../levels.ts";
import { checkReachable } from "../one-limit.ts";
import { levelledRule, ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";

const limits = {
  below: z.number().optional().describe("Fires below this value, in the quantity's unit …"),
  above: z.number().optional().describe("… and above this one. A level may have one side only."),
  clearBy: z
    .number()
    .nonnegative()
    .optional()
    .describe("Resolves only once the value is so far inside the band again; 0 when not given."),
  forMs: spanMs
    .optional()
    .describe("Fires only when every reading over this time of the device's clock was outside."),
};

/** Fires when a value stays outside a band, on whichever side. */
export const outsideBand = z
  .strictObject({
    kind: z.literal("outside-band"),
    ...ruleFields,
    quantity: watchedQuantity,
    ...levelFields(limits),
  })
  .superRefine((config, context) =>
    checkLevels(config, context, namesOf(limits), ({ below, above, clearBy = 0 }, complain) => {
      if (below === undefined && above === undefined) complain("needs `below`, `above`, or both");
      checkReachable("below", below, config.quantity, complain);
      checkReachable("above", above, config.quantity, complain);
      if (below === undefined || above === undefined) return;
      if (below >= above) complain("must be less than `above`", "below");
      else if (2 * clearBy >= above - below) complain("leaves nothing of the band to be well in", "clearBy");
    }),
  )
  .transform((config) => {
    const levels = levelsOf(config, namesOf(limits));
    const bounds = levels.map(({ limits }) => bandOf(limits));
    return levelledRule(config, levels, {
      quantity: config.quantity,
      begin: (at, saved) => new HeldWatcher(bounds[at]!, saved),
    });
  });

interface Band {
  readonly below?: number | undefined;
  readonly above?: number | undefined;
  readonly clearBy?: number | undefined;
  readonly forMs?: number | undefined;
}

function bandOf({ below, above, clearBy = 0, forMs = 0 }: Band): Bounds {
  const low = below ?? Number.NEGATIVE_INFINITY;
  const high = above ?? Number.POSITIVE_INFINITY;
  return {
    beyond: (value) => value < low || value > high,
    cleared: (value) => value >= low + clearBy && value <= high - clearBy,
    limitFor: (value) => (Math.abs(value - low) <= Math.abs(value - high) ? low : high),
    forMs,
  };
}
