import { type AddressKind, type Consent, consentPurposes, type NewConsent } from "../../devices/index.ts";
import type { Channels, Consents } from "./ways.ts";

export interface ConsentWriter extends Consents {
  as(who: string): { writeConsent(consent: NewConsent, nowMs: number): Consent };
}

/**
 * Takes back every consent of a person to be told at this kind of address: whoever says no at a number means that number, so an SMS
 * answered with HUY also ends the calls. What was taken back already is not written again.
 *
 * @param how in what way it was said, for the ledger
 */
export function optOut(
  registry: ConsentWriter,
  channels: Channels,
  person: string,
  { address, how, atMs }: { readonly address: AddressKind; readonly how: string; readonly atMs: number },
): void {
  const there = Object.values(channels).filter((channel) => channel.address === address);
  for (const medium of new Set(there.map((channel) => channel.medium))) {
    for (const purpose of consentPurposes) {
      if (!registry.consents(person, purpose, medium)) continue;
      // To a refusal belong no words that somebody agreed to.
      const withdrawn = { person, purpose, medium, given: false, how, textVersion: "-" };
      registry.as(person).writeConsent(withdrawn, atMs);
    }
  }
}
