import type { Alert } from "./alert.ts";

export type AlertEvent = "fired" | "resolved";

/** One message about one alert to one notifier. */
export interface Notification {
  /** The same in every attempt, also after a crash: by it a receiver recognises what it has had already. */
  readonly id: string;
  readonly event: AlertEvent;
  /** As it is now: it may be acknowledged, even resolved, before somebody could be told that it fired. */
  readonly alert: Alert;
  /** Alerts of the same device that this notifier tells of and that are open now, oldest first. */
  readonly openOnDevice: readonly Alert[];
}

/** Why a delivery failed: a closed set, which is also a label of the metrics. */
export const deliveryFailures = [
  "unreachable",
  "timed-out",
  "rate-limited",
  "credentials",
  "unavailable",
  "rejected",
  "defect",
] as const;
export type DeliveryFailure = (typeof deliveryFailures)[number];

export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly failure: DeliveryFailure;
  /** Whether the same message may be taken later. */
  readonly retryable: boolean;
  /** How long the receiver asked us to wait. */
  readonly retryAfterMs: number | undefined;

  /** @param message for people, without secrets */
  constructor(
    message: string,
    about: {
      failure: DeliveryFailure;
      retryable: boolean;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: about.cause });
    this.failure = about.failure;
    this.retryable = about.retryable;
    this.retryAfterMs = about.retryAfterMs;
  }
}

/** Says whether a failed delivery may be tried again. */
export interface Notifier {
  /** Deliveries it likes to have under way at the same time. */
  readonly atOnce: number;
  /**
   * Resolves when the receiver has taken the message; to what it answered, for the delivery log. Ends within a time limit of its own.
   * @throws DeliveryError
   */
  deliver(notification: Notification): Promise<string>;
}
