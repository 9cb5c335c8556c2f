import { createHash } from "node:crypto";
import type { Severity, Texts } from "../rules/index.ts";

/** Snoozed: somebody wants to hear no more of it until a given time; then it fires again, unless it is over. */
export type AlertState = "firing" | "acknowledged" | "snoozed" | "resolved";

/** Why an alert ended: a closed set, which is also a label of the metrics. */
export const resolveReasons = [
  "cleared",
  "heard-again",
  "rule-changed",
  "device-moved",
  "device-removed",
] as const;
export type ResolveReason = (typeof resolveReasons)[number];

/**
 * What became of one rule on one device: fired, perhaps acknowledged, resolved. Firing again is another alert. Of a gateway
 * that is down there is one alert for all the devices behind it.
 */
export interface Alert {
  readonly id: string;
  readonly rule: string;
  /** As it is now: it may rise and fall while the alert lasts. */
  readonly severity: Severity;
  readonly state: AlertState;
  /** `gateway:ID` when it is about a gateway: no device's id has a colon. */
  readonly device: string;
  /** As people called the device when it fired. */
  readonly deviceName: string;
  /** Id of the parcel, pond or shed where the device stood when it fired. */
  readonly place: string | null;
  readonly placeName: string | null;
  readonly linkageModel: string | null;
  /** What the devices behind a lost gateway are called; empty for every other alert. */
  readonly silentDevices: readonly string[];
  /** null when it is about the device itself, as silence is. */
  readonly quantity: string | null;
  /** What was held against the limit when it fired, in the quantity's unit. */
  readonly value: number | null;
  readonly limit: number | null;
  /** What happened. */
  readonly title: Texts;
  /** What to do. */
  readonly advice: Texts;
  /** Device time since when it is so; for silence, server time of the last uplink. */
  readonly sinceMs: number;
  /** Device time of the reading that fired it; for silence, server time at which the patience ended. */
  readonly firedAtMs: number;
  /** By when it is to be acted on, where its rule says so; else its severity tells how urgent it is. */
  readonly actByMs: number | null;
  readonly acknowledgedAtMs: number | null;
  readonly acknowledgedBy: string | null;
  /** Server time; null unless it is snoozed. */
  readonly snoozedUntilMs: number | null;
  readonly resolvedAtMs: number | null;
  readonly resolvedBecause: ResolveReason | null;
}

/**
 * The identity of an alert follows from what it is about, so the same journal read again by the same rules gives the
 * same alerts, however it is cut into batches and however often it is read.
 *
 * @param startMs what tells it from the other alerts of this rule on this device: the time of the firing reading, or of
 *   the last uplink before a silence
 */
export function alertId(
  rule: { name: string; fingerprint: string },
  device: string,
  startMs: number,
): string {
  const about = JSON.stringify([rule.name, rule.fingerprint, device, startMs]);
  return createHash("sha256").update(about).digest("hex").slice(0, 32);
}
