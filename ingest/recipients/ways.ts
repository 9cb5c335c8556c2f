import {
  type AddressKind,
  addressOf,
  type ConsentPurpose,
  type Medium,
  type Person,
} from "../../devices/index.ts";
import type { Notifier } from "../alerts/index.ts";
import type { Severity } from "../rules/index.ts";

/** A notifier that tells persons. */
export interface Channel {
  readonly medium: Medium;
  readonly address: AddressKind;
}

/** By the names of the notifiers. */
export type Channels = Readonly<Record<string, Channel>>;

export function channelsOf(notifiers: Readonly<Record<string, Pick<Notifier, "reaches">>>): Channels {
  const reaching = Object.entries(notifiers).flatMap(([name, { reaches }]) =>
    reaches === undefined ? [] : [[name, reaches] as const],
  );
  return Object.fromEntries(reaching);
}

export interface Consents {
  consents(person: string, purpose: ConsentPurpose, medium: Medium): boolean;
}

/** First what costs nothing and is read at once. A call only for what cannot wait. */
const usualMedia: Readonly<Record<Severity, readonly Medium[]>> = {
  critical: ["zalo", "telegram", "web-push", "sms", "email", "voice"],
  warning: ["zalo", "telegram", "web-push", "sms", "email"],
  info: ["zalo", "telegram", "web-push", "sms", "email"],
};

/** The notifiers by which a person is told something of this severity: of what is critical by all of their ways, of the rest by the first. */
export function waysTo(person: Person, severity: Severity, channels: Channels, consents: Consents): string[] {
  const names = allWaysTo(person, severity, channels, consents);
  return severity === "critical" ? names : names.slice(0, 1);
}

/**
 * The notifiers by which a person may be told something of this severity, the first choice first: those that they chose, to which they
 * have agreed, and for which there is an address.
 */
export function allWaysTo(
  person: Person,
  severity: Severity,
  channels: Channels,
  consents: Consents,
): string[] {
  const media = person.telling.media[severity] ?? usualMedia[severity];
  return media.flatMap((medium) => {
    const known = Object.entries(channels).find(
      ([, channel]) => channel.medium === medium && isOpen(person, channel, consents),
    );
    return known ? [known[0]] : [];
  });
}

export function isOpen(person: Person, { medium, address }: Channel, consents: Consents): boolean {
  return addressOf(person, address) !== null && consents.consents(person.id, "alerts", medium);
}
