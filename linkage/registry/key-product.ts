import { z } from "zod";
import { DateText, Id, inOrder, inOrderRule, Label, validity } from "./fields.ts";

/**
 * Nông sản chủ lực: a product that somebody's list names for a whole province (two digits) or for one commune (five).
 */
export const KeyProduct = z
  .strictObject({
    id: Id,
    product: Id,
    productName: Label,
    unitCode: z
      .string()
      .regex(/^(\d{2}|\d{5})$/, "must be the two digits of a province or the five of a commune"),
    unitAsOf: DateText.describe("A day on which the code stood for the place that is meant."),
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type KeyProduct = z.output<typeof KeyProduct>;
