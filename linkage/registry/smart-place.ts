import { z } from "zod";
import { CommuneCode, DateText, Decision, Id, inOrder, inOrderRule, Label, validity } from "./fields.ts";

export const smartPlaceLevels = ["village", "commune"] as const;

/** Thôn thông minh, xã nông thôn mới thông minh: a village or commune that somebody's decision recognised as one. */
export const SmartPlace = z
  .strictObject({
    id: Id,
    name: Label,
    level: z.enum(smartPlaceLevels),
    communeCode: CommuneCode,
    communeAsOf: DateText.describe("A day on which the code stood for the commune that is meant."),
    decision: Decision.nullable().default(null).describe("Recognises it; without one it is counted nowhere."),
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type SmartPlace = z.output<typeof SmartPlace>;
