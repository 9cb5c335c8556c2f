import { z } from "zod";
import {
  CommuneCode,
  Count,
  DateText,
  Id,
  inOrder,
  inOrderRule,
  Label,
  RegistrationNo,
  validity,
} from "./fields.ts";

export const cooperativeTypes = ["cooperative", "cooperative-union", "cooperative-group"] as const;

/** Hợp tác xã, liên hiệp hợp tác xã, or tổ hợp tác (which has no registration). Members are counted, never listed. */
export const Cooperative = z
  .strictObject({
    id: Id,
    name: Label,
    type: z.enum(cooperativeTypes),
    registrationNo: RegistrationNo.nullable().default(null),
    members: Count.nullable().default(null),
    communeCode: CommuneCode,
    communeAsOf: DateText.describe("A day on which the code stood for the commune that is meant."),
    ...validity,
  })
  .refine(inOrder, inOrderRule);
export type Cooperative = z.output<typeof Cooperative>;
