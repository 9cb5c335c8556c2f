import type { AddressKind, Medium } from "../../devices/index.ts";
import type { Language } from "../rules/index.ts";
import type { Alert } from "./alert.ts";

/**
 * What there is to tell of an alert. `fired` comes again when a snooze is over and it still fires; `escalated`: nobody has acknowledged
 * it, so somebody else is told; `flapping`: it comes and goes, and nothing more is told of it for a while.
 */
export type AlertEvent = "fired" | "worsened" | "eased" | "escalated" | "flapping" | "resolved";

/** Whom a message is for, and where one channel reaches them. */
export interface Recipient {
  readonly personId: string;
  readonly language: Language;
  /**
   * As the channel writes addresses: a telephone number in E.164, an e-mail address, a chat or user id, a web push
   * subscription as JSON.
   */
  readonly address: string;
}

/** One message about one alert to one notifier. */
export interface Notification {
  /** The same in every attempt, also after a crash: by it a receiver recognises what it has had already. */
  readonly id: string;
  readonly event: AlertEvent;
  /** As it is now: it may be acknowledged, even resolved, before somebody could be told that it fired. */
  readonly alert: Alert;
  /** Alerts of the same device that this notifier tells of and that are open now, oldest first. */
  readonly openOnDevice: readonly Alert[];
  /** Absent: whoever the notifier's own configuration names. */
  readonly recipient?: Recipient;
  /** Present when one message tells of several alerts, the gravest first; `alert` is the first of them. */
  readonly digest?: readonly Alert[];
  /** How this person can say that they take care of it; absent when there is nothing to take care of. */
  readonly acknowledge?: {
    /** `OK 3`, sent back, acknowledges it. */
    readonly code: number;
    /** A page with a button, for this person and this alert alone; absent when nobody knows our address. */
    readonly url?: string;
  };
  /** A page on which this person says that they want no more such messages; absent when nobody knows our address. */
  readonly optOutUrl?: string;
}

/** What a person has sent back. */
export interface Reply {
  /** Name of the notifier over which it came. */
  readonly channel: string;
  /** Who sent it, written as in `Recipient.address`. */
  readonly address: string;
  readonly text: string;
  readonly atMs: number;
}

/**
 * Takes a reply in. Once it resolves, the far end is told that the reply has arrived; until then it may come again, so the
 * same reply twice must be worth one.
 */
export type Replies = (reply: Reply) => Promise<void>;

/** An HTTP request that a provider makes to us. */
export interface ProviderCall {
  /** In small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** As it came, for signatures cover bytes. */
  readonly body: Buffer;
}

/** Why a delivery failed: a closed set, which is also a label of the metrics. */
export const deliveryFailures = [
  "unreachable",
  "timed-out",
  "rate-limited",
  "credentials",
  "unavailable",
  "rejected",
  // Nobody is there any more: blocked us, gave the number up, let the subscription end.
  "recipient-gone",
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
  /** Present when it tells persons: by which medium, and at which of their addresses. */
  readonly reaches?: { readonly medium: Medium; readonly address: AddressKind };
  /** What a browser subscribes with (`applicationServerKey`, base64url), where the notifier pushes to browsers. */
  readonly subscriptionKey?: string;
  /** Deliveries it likes to have under way at the same time. */
  readonly atOnce: number;
  /**
   * Resolves when the receiver has taken the message; to what it answered, for the delivery log. Ends within a time limit of its own.
   * @throws DeliveryError
   */
  deliver(notification: Notification): Promise<string>;
  /** Begins to hear what people reply, where the channel has a line of its own for that; returns the way to stop. */
  listen?(replies: Replies): () => Promise<void>;
  /**
   * Takes a call of the provider, where the channel brings replies that way.
   * @returns the HTTP status to answer with: 200 once the replies in it have been taken in, 401 when it cannot prove who it is
   */
  receive?(call: ProviderCall, replies: Replies): Promise<number>;
  /** Lets go of connections; nothing is delivered after it. */
  close?(): Promise<void>;
}
