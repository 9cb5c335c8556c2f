import { z } from "zod";
import { DateText, Id, inOrder, inOrderRule, Label, validity } from "./fields.ts";
import { mustBe } from "./must-be.ts";

/**
 * Nông sản chủ lực: a product that somebody's list names for a whole province (two digits) or for one commune (five).
 */
export const KeyProduct = z
  .strictObject({
    id: Id,
    product: Id,
    productName: Label,
    unitCode: z.string().regex(/^(\d{2}|\d{5})$/, mustBe.unit.en),
    unitAsOf: DateText.describe("A day on which the code stood for the place that is meant."),
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type KeyProduct = z.output<typeof KeyProduct>;
