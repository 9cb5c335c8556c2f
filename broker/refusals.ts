import type { Log } from "./broker.ts";

/** Why somebody was turned away or cut: a closed set, which is also the label of the metric. */
export const refusalReasons = [
  "too-many-connections",
  "connect-rate",
  "connect-timeout",
  "protocol",
  "protocol-version",
  "packet-too-large",
  "client-id",
  "credentials",
  "flapping",
  "will",
  "publish",
  "subscribe",
  "too-many-subscriptions",
  "not-stored",
  "slow-receiver",
  "keepalive",
  "replaced",
  "dismissed",
  "tls",
  "hook-failed",
  "sessions-disk",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** An error that has been counted and logged already. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** Of the CONNACK, MQTT 3.1.1 3.2.2.3. */
  readonly returnCode: number;

  constructor(message: string, returnCode = 5) {
    super(message);
    this.returnCode = returnCode;
  }
}

export interface Refusals {
  /** Counts, and says so in the log as far as the rate of lines allows. */
  note(reason: RefusalReason, fields: object, message: string): void;
  counts(): Readonly<Record<RefusalReason, number>>;
}

/** A thousand broken devices that come back each second must not fill the disk with lines. */
const linesPerWindow = 5;
const windowMs = 10_000;

interface Window {
  startedAtMs: number;
  lines: number;
  left: number;
}

export function createRefusals({ log, now }: { log: Log; now: () => number }): Refusals {
  const counts = Object.fromEntries(refusalReasons.map((reason) => [reason, 0])) as Record<
    RefusalReason,
    number
  >;
  const windows = new Map<RefusalReason, Window>();

  function windowOf(reason: RefusalReason): Window {
    const nowMs = now();
    const window = windows.get(reason);
    if (window !== undefined && nowMs - window.startedAtMs < windowMs) return window;
    const fresh = { startedAtMs: nowMs, lines: 0, left: window?.left ?? 0 };
    windows.set(reason, fresh);
    return fresh;
  }

  return {
    note(reason, fields, message) {
      counts[reason]++;
      const window = windowOf(reason);
      if (++window.lines > linesPerWindow) {
        window.left++;
        return;
      }
      const notLogged = window.left;
      window.left = 0;
      log.warn({ reason, ...fields, ...(notLogged > 0 && { likeThisNotLogged: notLogged }) }, message);
    },
    counts: () => ({ ...counts }),
  };
}
