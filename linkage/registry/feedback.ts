import { z } from "zod";
import { CommuneCode, Count, DateText, Id, inOrder, inOrderRule, Label, validity } from "./fields.ts";
import { mustBe } from "./must-be.ts";

/**
 * An online form by which people say how satisfied they are, of one linkage model or of a whole commune. Answers are counted,
 * never listed; who gave them stays with whoever runs the form.
 */
export const Feedback = z
  .strictObject({
    id: Id,
    name: Label,
    /** Of the model it asks about; null when it asks about the commune as such. */
    model: Id.nullable().default(null),
    communeCode: CommuneCode,
    communeAsOf: DateText.describe("A day on which the code stood for the commune that is meant."),
    address: z.url({ protocol: /^https?$/, error: mustBe.formAddress.en }),
    answers: Count.default(0),
    satisfied: Count.default(0).describe("Of the answers."),
    countedOn: DateText.nullable().default(null),
    ...validity,
  })
  .refine(inOrder, inOrderRule)
  .refine(({ answers, satisfied }) => satisfied <= answers, {
    message: mustBe.satisfied.en,
    path: ["satisfied"],
  })
  .refine(({ answers, countedOn }) => answers === 0 || countedOn !== null, {
    message: mustBe.countedOn.en,
    path: ["countedOn"],
  });
export type Feedback = z.output<typeof Feedback>;
