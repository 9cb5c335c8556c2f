import { z } from "zod";
import { CommuneCode, Id, Label } from "./fields.ts";
import { normalizedPhone } from "./phone.ts";

export const roles = ["admin", "officer", "farmer"] as const;
export type Role = (typeof roles)[number];
/** Where a person can be reached: a telephone number, an e-mail address, a user or chat id, a push subscription as JSON. */
export const addressKinds = ["phone", "email", "zalo", "telegram", "web-push"] as const;
export type AddressKind = (typeof addressKinds)[number];
/** Ways to a person. Consent is given for each by itself. */
export const media = ["sms", "voice", "zalo", "telegram", "email", "web-push"] as const;
export type Medium = (typeof media)[number];
export const languages = ["vi", "en"] as const;
export type Language = (typeof languages)[number];

const Phone = z.string().transform((text, context) => {
  const phone = normalizedPhone(text);
  if (phone !== null) return phone;
  context.addIssue("must be a telephone number such as 0912 345 678 or +84912345678");
  return z.NEVER;
});

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 06:30");
const Media = z.array(z.enum(media)).max(media.length).readonly().optional();

/** How somebody likes to be told. What is left out is as the installation has it. */
export const Telling = z.strictObject({
  media: z
    .strictObject({ critical: Media, warning: Media, info: Media })
    .default({})
    .describe("By severity, the first choice first; an empty list: not at all."),
  quietHours: z
    .strictObject({ from: TimeOfDay, to: TimeOfDay })
    .nullable()
    .optional()
    .describe("Viet Nam's time. What can wait is told when they end; null: tell me at any hour."),
  digestAt: TimeOfDay.nullable()
    .default(null)
    .describe("What can wait is told once a day at this time, all in one message."),
});
export type Telling = z.infer<typeof Telling>;

const Address = z.string().trim().min(1, "must not be empty").max(2000).nullable().default(null);

export const PersonFields = z.strictObject({
  id: Id.describe("The name to sign in with."),
  name: Label.min(1, "must not be empty"),
  role: z.enum(roles),
  language: z.enum(languages).default("vi"),
  phone: Phone.nullable().default(null).describe("Kept as +84912345678."),
  email: z.email("must be an e-mail address").max(254).nullable().default(null),
  zalo: Address.describe("Their user id at the Zalo official account."),
  telegram: Address.describe("Id of their chat with the bot."),
  webPush: Address.describe("The browser's push subscription as JSON."),
  telling: Telling.readonly().prefault({}),
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

const addressFields = {
  phone: "phone",
  email: "email",
  zalo: "zalo",
  telegram: "telegram",
  "web-push": "webPush",
} as const satisfies Record<AddressKind, keyof Person>;

/** Where a person can be reached this way; null when nobody knows. */
export function addressOf(person: Pick<Person, (typeof addressFields)[AddressKind]>, kind: AddressKind) {
  return person[addressFields[kind]];
}

/** What of a person is kept as it is. Addresses are sealed: see `addresses.ts`. */
export type PersonRow = Omit<Person, keyof AddressBookEntry>;
export type AddressBookEntry = Pick<Person, (typeof addressFields)[AddressKind]>;

export const personFields = [
  "id",
  "name",
  "role",
  "language",
  "places",
  "communes",
  "telling",
  "passwordVersion",
  "mustChangePassword",
  "addedAtMs",
] as const satisfies readonly (keyof PersonRow)[];
