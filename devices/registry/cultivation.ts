import { z } from "zod";
import { Label } from "./fields.ts";

const Word = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters, digits and hyphens, such as `rice`")
  .max(60);

/** What is told of a place on one day. What is left out stays as it was; null ends it. */
export const CultivationFields = z
  .strictObject({
    crop: Word.nullable().describe(
      "What grows or lives there: rice, coffee, shrimp, pig … null: nothing any more.",
    ),
    variety: Label.min(1, "must not be empty").nullable().describe("ST25, Robusta TR4 …"),
    stage: Word.nullable().describe("How far it is: early, tillering, flowering, ripening …"),
    soilTexture: Word.nullable().describe("clay, loam, paddy-top …"),
    rootDepthM: z.number().positive().max(5).nullable(),
    altitudeM: z.number().min(-10).max(3500).nullable(),
  })
  .partial()
  .refine((told) => Object.values(told).some((value) => value !== undefined), "tells nothing");

export type CultivationTold = z.input<typeof CultivationFields>;

/** What grew or lived at a place, and in what soil, from `fromMs` until before `toMs`; it still does while that is null. */
export interface Cultivation {
  readonly place: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly crop: string | null;
  readonly variety: string | null;
  readonly stage: string | null;
  readonly soilTexture: string | null;
  readonly rootDepthM: number | null;
  readonly altitudeM: number | null;
}
