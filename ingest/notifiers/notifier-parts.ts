import type { Log, Notifier } from "../alerts/index.ts";

/** Publishes one MQTT message; resolves when the broker has taken it. */
export type Publish = (
  topic: string,
  payload: string,
  options: { readonly qos: 0 | 1; readonly retain: boolean },
) => Promise<void>;

/** What notifiers are given by whoever wires them. */
export interface NotifierParts {
  /** The name under which routes know this notifier. */
  readonly name: string;
  readonly log: Log;
  readonly publish: Publish;
  readonly now: () => number;
}

/** What a notifier's configuration becomes. */
export type CreateNotifier = (parts: NotifierParts) => Notifier;
