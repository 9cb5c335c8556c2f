import {
  type Consent,
  ConsentFields,
  type ConsentPurpose,
  consentPurposes,
  type NewConsent,
} from "./consent.ts";
import { checked } from "./fields.ts";
import type { Log, Write } from "./ledger.ts";
import { type Medium, media } from "./person.ts";
import { notFound } from "./registry-error.ts";
import type { Store } from "./store.ts";

/** Who agreed to what. Nobody has agreed to anything before they say so. */
export interface ConsentBook {
  /** Whether this person agrees, as of now, to be told for this purpose by this medium. Reads memory. */
  consents(person: string, purpose: ConsentPurpose, medium: Medium): boolean;
  /** All that they ever said, oldest first; also of somebody who was removed. */
  consentsOf(person: string): readonly Consent[];
  /** Writes down that somebody agrees or takes it back. What changes nothing is written down all the same: it was said. */
  writeConsent(consent: NewConsent, nowMs: number): Consent;
}

export function consentBook({ people, consents }: Store, write: Write, who: string): ConsentBook {
  return {
    consents: (person, purpose, medium) => consents.holds(person, purpose, medium),
    consentsOf: (person) => consents.of(person),
    writeConsent: (consent, nowMs) =>
      write((log) => {
        const fields = checked(ConsentFields, consent, "consent");
        if (people.get(fields.person) === undefined) throw notFound("person", fields.person);
        return append(consents, { ...fields, atMs: nowMs, who }, log);
      }),
  };
}

/** Takes back whatever still holds: whoever gets this id later is another person, who has agreed to nothing. */
export function withdrawAll({ consents }: Store, person: string, atMs: number, who: string, log: Log): void {
  for (const purpose of consentPurposes) {
    for (const medium of media) {
      if (!consents.holds(person, purpose, medium)) continue;
      const withdrawn = {
        person,
        purpose,
        medium,
        given: false,
        how: "removed",
        textVersion: "-",
        atMs,
        who,
      };
      append(consents, withdrawn, log);
    }
  }
}

function append(consents: Store["consents"], consent: Consent, log: Log): Consent {
  consents.append(consent);
  const { person, purpose, medium, given, how, textVersion, atMs } = consent;
  const after = { purpose, medium, given, how, textVersion };
  log({ atMs, kind: "person", id: person, action: "consented", before: null, after });
  return consent;
}
