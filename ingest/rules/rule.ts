import type { RuleTerms } from "./terms.ts";
import type { Texts } from "./texts.ts";

/** From the least to the worst. */
export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];

/** The worst of several verdicts; null when none of them fires. */
export function worst(verdicts: readonly (Severity | null)[]): Severity | null {
  return severities.findLast((severity) => verdicts.includes(severity)) ?? null;
}

/** Where a device stands now, as the registry knows it. What is left out is not known, and no rule that asks for it concerns the device. */
export interface Standing {
  /** Id of the parcel, pond or shed; null while it stands nowhere. */
  readonly place: string | null;
  /** What the place is: `parcel`, `pond`, `shed`. */
  readonly placeKind?: string | null;
  readonly linkageModel: string | null;
  /** Device model. */
  readonly model: string;
  /** The commune's five digits. */
  readonly commune?: string | null;
  /** What grows or lives there, such as `rice`, `shrimp`. */
  readonly crop?: string | null;
  /** How far it is now, such as `tillering`. */
  readonly cropStage?: string | null;
}

/** What people are told when a rule fires. */
export interface Told {
  /** What happened, with placeholders. */
  readonly title: Texts;
  /** What to do about it, with placeholders. */
  readonly advice: Texts;
  /** How soon after it fired it should be done; left out where only the severity says how urgent it is. */
  readonly actWithinMs?: number | undefined;
}

/** What every rule has, of whatever kind. */
interface AnyRule {
  /** Unique; the rule's id. */
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  /** The worst that it can tell. */
  readonly severity: Severity;
  /** What is told at this severity. */
  told(severity: Severity): Told;
  /**
   * Stands for everything that decides when the rule fires, except for whom: when it changes, it is another rule, and
   * what the old one remembered means nothing to the new one.
   */
  readonly fingerprint: string;
  /** What it was made of, for people to read. */
  readonly terms: RuleTerms;
  concerns(device: string, standing: Standing): boolean;
}

/** Judges the values of one quantity, or of several together, device by device. */
export interface ReadingRule extends AnyRule {
  readonly watches: "readings";
  /** The quantity in which people are told of what was judged. */
  readonly quantity: string;
  /** Those whose readings it takes. */
  readonly takes: readonly string[];
  /**
   * Begins to watch one device.
   * @param saved what a watcher of the same fingerprint saved; null for a device never judged before
   */
  watch(saved: Saved | null): Watcher;
}

/** Judges how long a device has not been heard, whatever it says when it speaks. */
export interface SilenceRule extends AnyRule {
  readonly watches: "silence";
  /** How long a device with this usual interval may be silent; null when the rule cannot tell, so never fires. */
  afterMs(intervalMs: number | null): number | null;
}

/** Judges whether a gateway is down: so many of the devices behind it fell silent that it cannot be each by itself. */
export interface GatewayRule extends AnyRule {
  readonly watches: "gateways";
  /** Fewest devices behind a gateway of which anything can be concluded. */
  readonly fewestDevices: number;
  /** Share of them that must be silent, above 0 and up to 1. */
  readonly share: number;
  /** How long a device with this usual interval may be silent before it counts; null when it never counts. */
  afterMs(intervalMs: number | null): number | null;
}

export type Rule = ReadingRule | SilenceRule | GatewayRule;

/** What a watcher remembers, as plain JSON. */
export type Saved = readonly (number | Saved)[];

/** One rule's memory of one device. The same readings in the same order give the same verdicts. */
export interface Watcher {
  /**
   * Takes the next reading and says how bad it is now; null while the rule does not fire. Of one quantity each is measured
   * later than the one before; between quantities there is no order. Only when the device's clock was put right may
   * it be earlier: then what was measured in its future no longer has a time.
   * @param measuredAtMs device time
   * @param quantity which of those that the rule takes
   */
  judge(measuredAtMs: number, value: number, quantity: string): Severity | null;
  /**
   * Takes note that a value came which could not be one (out of range, a code for "no probe"). Kinds to whom that says
   * nothing leave it out.
   */
  refuse?(measuredAtMs: number, quantity: string): Severity | null;
  /** What was judged last, in the quantity's unit. */
  readonly judged: number;
  /** What it was held against; null when that is no number. */
  readonly limit: number | null;
  /** Device time since when it has been so; meaningful while it fires. */
  readonly sinceMs: number;
  /** What a later `watch` needs to go on as if nothing had happened; null when there is nothing to remember. */
  save(): Saved | null;
}
