import { z } from "zod";
import { mustBe } from "./must-be.ts";

/** Fields that several kinds of records share, with the rules that the messages quote. */

export const Id = z.string().regex(/^[a-z0-9_][a-z0-9._-]{0,63}$/, mustBe.id.en);

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
  .min(1, mustBe.filled.en)
  .max(200, mustBe.shortText.en)
  .refine((text) => !/^[=+@\t]/.test(text), mustBe.noFormula.en)
  .refine((text) => !personalNumber.test(text), mustBe.noPerson.en);

/** Of an enterprise or cooperative: 10 digits, or 13 of a branch, or the number of a cooperative's certificate. */
export const RegistrationNo = z
  .string()
  .trim()
  .min(1, mustBe.filled.en)
  .max(40, mustBe.shortNumber.en)
  .regex(/^[\p{L}\d][\p{L}\d./ -]*$/u, mustBe.registration.en)
  .refine((text) => !/^\d{12}$/.test(text), mustBe.noIdentityNumber.en);

export const DateText = z.iso.date(mustBe.date.en);
export const CommuneCode = z.string().regex(/^\d{5}$/, mustBe.commune.en);
export const AreaHa = z.number().positive(mustBe.area.en).max(1_000_000, mustBe.areaLimit.en);
export const Count = z
  .number()
  .int(mustBe.whole.en)
  .min(0, mustBe.notBelowZero.en)
  .max(100_000_000, mustBe.countLimit.en);

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
export const inOrderRule = { message: mustBe.afterValidFrom.en, path: ["validTo"] };

/** Paper that founds something: a plan, a project, a zone. */
export const Decision = z.strictObject({ no: Label, date: DateText, issuer: Label });
