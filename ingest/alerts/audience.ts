import type { Alert } from "./alert.ts";
import type { AlertEvent, Recipient } from "./notifier.ts";

/** One message that a person is to get, and when. It is due later where it can wait for the morning, or where others are asked first. */
export interface Telling {
  readonly person: string;
  /** Name of the notifier. */
  readonly notifier: string;
  readonly event: AlertEvent;
  readonly dueAtMs: number;
}

/** By what the outbox knows a message to a person. */
export interface MessageMark {
  readonly number: number;
  readonly person: string;
  readonly createdAtMs: number;
}

/**
 * Knows whom to tell, person by person. What it plans is written down together with the alert, and says of a person no more
 * than the id; where somebody is reached is asked at the moment of sending, so whoever takes back their consent is told nothing more.
 */
export interface Audience {
  /** All who are to be told now and, if nobody acknowledges it, later. */
  plan(alert: Alert, event: "fired" | "worsened" | "flapping", nowMs: number): readonly Telling[];
  /** Who of those that were told of it is told this, too. */
  afterwards(
    alert: Alert,
    event: "eased" | "resolved",
    told: readonly { readonly person: string; readonly notifier: string }[],
    nowMs: number,
  ): readonly Telling[];
  /**
   * By what else to tell this person, and when, after these notifiers were tried in vain; null when they chose or agreed to nothing
   * more.
   */
  otherWay(
    person: string,
    alert: Alert,
    tried: readonly string[],
    nowMs: number,
  ): Pick<Telling, "notifier" | "dueAtMs"> | null;
  /**
   * How long a way may fail, and be tried again, before the person is told by another one as well; counted from the first attempt.
   * Infinity: never.
   */
  otherWayAfterMs(severity: Alert["severity"]): number;
  /** null when this person cannot or may not be told this way any more. */
  recipient(person: string, notifier: string): Recipient | null;
  /**
   * When this person may get another message; `nowMs` when at once.
   * @param sentAtMs when they got their last ones, at least those of the last two days: of what is critical, or of the rest
   */
  nextTurnMs(person: string, severity: Alert["severity"], sentAtMs: readonly number[], nowMs: number): number;
  /** Address of the page on which this person, and nobody else, acknowledges the alert; undefined when nobody knows our address. */
  acknowledgeUrl(message: MessageMark): string | undefined;
  /** Address of the page on which this person says that they want no more such messages. */
  optOutUrl(message: MessageMark): string | undefined;
}

/** For an installation that tells no persons, only what its routes name. */
export const nobody: Audience = {
  plan: () => [],
  afterwards: () => [],
  otherWay: () => null,
  otherWayAfterMs: () => Number.POSITIVE_INFINITY,
  recipient: () => null,
  nextTurnMs: (_person, _severity, _sentAtMs, nowMs) => nowMs,
  acknowledgeUrl: () => undefined,
  optOutUrl: () => undefined,
};
