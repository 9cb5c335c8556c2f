/** One thing to publish at QoS 1. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
}

/** What the link takes its messages from. Whoever keeps it keeps each message until it is confirmed. */
export interface Outbox {
  /** The next message that was not handed out yet; null when there is none now. */
  next(): Message | null;
  /** The broker has acknowledged it: it need not be kept any more. */
  confirmed(message: Message): void;
}
