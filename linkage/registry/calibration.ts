import { z } from "zod";
import { DateText, Id, Label } from "./fields.ts";
import { mustBe } from "./must-be.ts";

/** A device was compared with a reference, and may be trusted until a day. */
export const Calibration = z
  .strictObject({
    id: Id,
    device: Id,
    calibratedOn: DateText,
    dueOn: DateText.describe("The last day on which it holds."),
    certificate: Label.nullable().default(null).describe("Its number, where there is one."),
    by: Label.nullable().default(null).describe("The organisation that did it."),
  })
  .refine(({ calibratedOn, dueOn }) => calibratedOn <= dueOn, {
    message: mustBe.afterCalibration.en,
    path: ["dueOn"],
  });
export type Calibration = z.output<typeof Calibration>;
