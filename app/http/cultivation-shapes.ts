import { z } from "zod";
import { CultivationFields } from "../../devices/index.ts";
import { knownTextures } from "../place-facts.ts";

/** Bodies about what grows at a place. Times are milliseconds since 1970 UTC. */

const Ms = z.number().int();

export const CultivationInput = z
  .strictObject({
    fromDate: z.iso
      .date("must be a date, such as 2026-06-01")
      .describe("From the beginning of this local day on."),
    ...CultivationFields.shape,
    soilTexture: z.enum(knownTextures).nullable().optional(),
  })
  .meta({ id: "CultivationTold" });

export const CultivationList = z.object({
  cultivations: z
    .array(
      z
        .object({
          fromMs: Ms,
          toMs: Ms.nullable(),
          crop: z.string().nullable(),
          variety: z.string().nullable(),
          stage: z.string().nullable(),
          soilTexture: z.string().nullable(),
          rootDepthM: z.number().nullable(),
          altitudeM: z.number().nullable(),
        })
        .meta({ id: "Cultivation" }),
    )
    .describe("Oldest first; the last one lasts while its toMs is null."),
});
export type CultivationList = z.infer<typeof CultivationList>;
