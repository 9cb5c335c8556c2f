import type { Texts } from "./texts.ts";

export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];

/** Where a device stands now, as the registry knows it. */
export interface Standing {
  /** Id of the parcel, pond or shed; null while it stands nowhere. */
  readonly place: string | null;
  /** What the place is: `parcel`, `pond`, `shed`. Left out, no rule for a kind of place concerns the device. */
  readonly placeKind?: string | null;
  readonly linkageModel: string | null;
  /** Device model. */
  readonly model: string;
}

/** What every rule has, of whatever kind. */
interface AnyRule {
  /** Unique; the rule's id. */
  readonly name: string;
  readonly enabled: boolean;
  readonly severity: Severity;
  /** What happened, with placeholders. */
  readonly title: Texts;
  /** What to do about it, with placeholders. */
  readonly advice: Texts;
  /**
   * Stands for everything that decides when the rule fires, except for whom: when it changes, it is another rule, and
   * what the old one remembered means nothing to the new one.
   */
  readonly fingerprint: string;
  concerns(device: string, standing: Standing): boolean;
}

/** Judges the values of one quantity, device by device. */
export interface ReadingRule extends AnyRule {
  readonly watches: "readings";
  readonly quantity: string;
  /** In the quantity's unit. */
  readonly limit: number;
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

export type Rule = ReadingRule | SilenceRule;

/** What a watcher remembers, as plain JSON. */
export type Saved = readonly (number | readonly number[])[];

/** One rule's memory of one device. The same readings in the same order give the same verdicts. */
export interface Watcher {
  /**
   * Takes the next reading, measured later than the one before, and says whether the rule fires now. Only when the
   * device's clock was put right may it be earlier: then what was measured in its future no longer has a time.
   * @param measuredAtMs device time
   */
  judge(measuredAtMs: number, value: number): boolean;
  /** What was held against the limit in the last judgement, in the quantity's unit. */
  readonly judged: number;
  /** Device time since when it has been so; meaningful while it fires. */
  readonly sinceMs: number;
  /** What a later `watch` needs to go on as if nothing had happened; null when there is nothing to remember. */
  save(): Saved | null;
}
