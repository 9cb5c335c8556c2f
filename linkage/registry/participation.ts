import { z } from "zod";
import { Id, inOrder, inOrderRule, validity } from "./fields.ts";

/** A parcel, pond or shed takes part in a model over a span of days; in one model at a time. */
export const Participation = z
  .strictObject({
    id: Id,
    place: Id.describe("Id of the parcel, pond or shed, as devices are placed there."),
    model: Id,
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type Participation = z.output<typeof Participation>;
