import type { Severity } from "../rules/index.ts";

/** What can happen to an alert: a closed set, in which its history is told. */
export const alertStepKinds = [
  "fired",
  "worsened",
  "eased",
  "acknowledged",
  "snoozed",
  "woke",
  "flapping",
  "joined",
  "corrected",
  "resolved",
] as const;
export type AlertStepKind = (typeof alertStepKinds)[number];

/** One line of an alert's history. */
export interface AlertStep {
  /** Device time for what readings say, server time for what people do. */
  readonly atMs: number;
  readonly what: AlertStepKind;
  /** Id of the person; null for what happened by itself. */
  readonly who: string | null;
  /** How grave it was from then on. */
  readonly severity: Severity;
  /** Until when it is snoozed, which device joined, why it is over; null when there is no more to say. */
  readonly detail: string | null;
}
