import { z } from "zod";
import { Id, Label } from "./fields.ts";
import { media } from "./person.ts";

/** What somebody may agree to: to be told of alerts as they happen; to get them gathered, once a day. */
export const consentPurposes = ["alerts", "digest"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const ConsentFields = z.strictObject({
  person: Id,
  purpose: z.enum(consentPurposes),
  medium: z.enum(media),
  given: z.boolean().describe("false: withdrawn."),
  how: Label.min(1, "must not be empty").describe("How it was said: a signed form, a reply, a click."),
  textVersion: Label.min(1, "must not be empty").describe(
    "Which version of the words they agreed to, such as `2026-11`.",
  ),
});
export type NewConsent = z.input<typeof ConsentFields>;

/** One entry of the ledger: somebody agreed, or took it back (Luật 91/2025/QH15: per purpose, never by default, provable). */
export interface Consent extends Readonly<z.output<typeof ConsentFields>> {
  readonly atMs: number;
  /** Who wrote it down. */
  readonly who: string;
}
