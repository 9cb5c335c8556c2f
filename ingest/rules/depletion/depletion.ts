import { z } from "zod";
import { checkLevels, levelFields, levelsOf, namesOf } from "../levels.ts";
import { checkOneLimit, oneLimit } from "../one-limit.ts";
import { ruleFields, spanMs, watchedQuantity } from "../rule-fields.ts";
import { transformedRule } from "../transformed-rule.ts";
import { RootZone } from "./root-zone.ts";

const limits = { ...oneLimit, forMs: spanMs.optional().describe("It must have been beyond for so long.") };
const told = "soil.depletion";

/** Fires when evaporation without rain has used up more of the soil's water than the crop bears. */
export const depletion = z
  .strictObject({
    kind: z.literal("depletion"),
    ...ruleFields,
    evapotranspiration: watchedQuantity
      .default("air.et0Daily")
      .describe("The reference evapotranspiration of each day, or of each hour, mm."),
    rain: watchedQuantity
      .default("rain.amount")
      .describe("Rain since the reading before, mm; irrigation, where it is measured as rain is."),
    cropCoefficient: z.number().min(0.1).max(2).describe("Kc of the stage (FAO-56, table 12)."),
    totalAvailableMm: z
      .number()
      .min(1)
      .max(1000)
      .describe("TAW, mm: 1000 × (field capacity − wilting point) × rooting depth in metres."),
    depletionFraction: z
      .number()
      .min(0.1)
      .max(0.8)
      .describe("p: share that the crop takes without suffering (FAO-56, table 22); it dries slower beyond."),
    ...levelFields(limits),
  })
  .superRefine((config, context) =>
    checkLevels(config, context, namesOf(limits), (level, complain) => checkOneLimit(level, told, complain)),
  )
  .transform((config) => {
    const { evapotranspiration, rain, cropCoefficient, totalAvailableMm, depletionFraction } = config;
    const parts = { evapotranspiration, cropCoefficient, totalAvailableMm, depletionFraction };
    return transformedRule(config, levelsOf(config, namesOf(limits)), {
      judgedBy: [parts],
      quantity: told,
      takes: [evapotranspiration, rain],
      forMsOf: ({ forMs = 0 }) => forMs,
      transform: (saved) => new RootZone(parts, saved),
    });
  });
