import { z } from "zod";

/** Fields that several kinds of records share, with the rules that the messages quote. */

export const Id = z
  .string()
  .regex(
    /^[a-z0-9_][a-z0-9._-]{0,63}$/,
    "must be 1 to 64 of the characters a-z 0-9 - _ . not beginning with . or -",
  );

/** Nine digits after 0 or +84, however grouped; or the twelve of an identity card. */
const personalNumber = /(?<![\d])(?:(?:\+84|0)(?:[ .-]?\d){9}|\d{12})(?!\d)/;

/**
 * Text about organisations. Registers of linkage models are passed on and published, so numbers that belong to a person
 * (Luật 91/2025/QH15) are kept out here; and a cell that a spreadsheet would run as a formula is no name.
 */
export const Label = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, "must not be empty")
  .max(200, "must have at most 200 characters")
  .refine((text) => !/^[=+@\t]/.test(text), "must not begin with = + or @: a spreadsheet would run it")
  .refine(
    (text) => !personalNumber.test(text),
    "holds what looks like a telephone or identity number: personal data stays out of this register",
  );

/** Of an enterprise or cooperative: 10 digits, or 13 of a branch, or the number of a cooperative's certificate. */
export const RegistrationNo = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(40, "must have at most 40 characters")
  .regex(/^[\p{L}\d][\p{L}\d./ -]*$/u, "must be letters, digits and . / -")
  .refine(
    (text) => !/^\d{12}$/.test(text),
    "12 digits are a person's identity number; an organisation has 10, or 13 with its branch",
  );

export const DateText = z.iso.date("must be a date, such as 2026-07-01");
export const CommuneCode = z.string().regex(/^\d{5}$/, "must be the commune's five digits, such as 18685");
export const ProvinceCode = z.string().regex(/^\d{2}$/, "must be the province's two digits, such as 42");
export const AreaHa = z.number().positive("must be above 0").max(1_000_000);
export const Count = z.number().int("must be a whole number").min(0, "must not be below 0").max(100_000_000);

/** From when until when it holds, both days included; `validTo` null while it lasts. */
export const validity = {
  validFrom: DateText,
  validTo: DateText.nullable().default(null),
};

/** What holds for a span of days. */
export interface Lasting {
  readonly validFrom: string;
  readonly validTo: string | null;
}

export function holdsOn({ validFrom, validTo }: Lasting, on: string): boolean {
  return validFrom <= on && (validTo === null || on <= validTo);
}

/** What lies in a commune; the code is meant as it stood on that day. */
export interface InCommune {
  readonly communeCode: string;
  readonly communeAsOf: string;
}

export function inOrder({ validFrom, validTo }: Lasting): boolean {
  return validTo === null || validFrom <= validTo;
}
export const inOrderRule = { message: "must not be before valid_from", path: ["validTo"] };

/** Paper that founds something: a plan, a project, a zone. */
export const Decision = z.strictObject({ no: Label, date: DateText, issuer: Label });
