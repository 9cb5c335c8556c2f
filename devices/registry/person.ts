import { z } from "zod";
import { CommuneCode, Id, Label } from "./fields.ts";
import { normalizedPhone } from "./phone.ts";

export const roles = ["admin", "officer", "farmer"] as const;
export type Role = (typeof roles)[number];
/** Where a person can be reached: a telephone number, an e-mail address, a user or chat id, a push subscription as JSON. */
export const addressKinds = ["phone", "email", "zalo", "telegram", "web-push"] as const;
export type AddressKind = (typeof addressKinds)[number];
export const languages = ["vi", "en"] as const;
export type Language = (typeof languages)[number];

const Phone = z.string().transform((text, context) => {
  const phone = normalizedPhone(text);
  if (phone !== null) return phone;
  context.addIssue("must be a telephone number such as 0912 345 678 or +84912345678");
  return z.NEVER;
});

export const PersonFields = z.strictObject({
  id: Id.describe("The name to sign in with."),
  name: Label.min(1, "must not be empty"),
  role: z.enum(roles),
  language: z.enum(languages).default("vi"),
  phone: Phone.nullable().default(null).describe("Kept as +84912345678."),
  email: z.email("must be an e-mail address").max(254).nullable().default(null),
  places: z.array(Id).readonly().default([]).describe("A farmer's own parcels, ponds and sheds."),
  communes: z.array(CommuneCode).readonly().default([]).describe("The communes an officer looks after."),
});

export type NewPerson = z.input<typeof PersonFields>;

/** Somebody who signs in or is told about alerts. */
export interface Person extends Readonly<z.output<typeof PersonFields>> {
  /** 0 before the first password. Grows with each; a session that began under an older one has ended. */
  readonly passwordVersion: number;
  /** While a password that somebody else has chosen is in use. */
  readonly mustChangePassword: boolean;
  readonly addedAtMs: number;
}

export type PersonPatch = Partial<Omit<z.output<typeof PersonFields>, "id">>;

export const personFields = [
  "id",
  "name",
  "role",
  "language",
  "phone",
  "email",
  "places",
  "communes",
  "passwordVersion",
  "mustChangePassword",
  "addedAtMs",
] as const satisfies readonly (keyof Person)[];
