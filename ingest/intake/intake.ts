import type { Uplink } from "../../devices/index.ts";

/** Takes what an intake brings. What it has accepted is never lost, so only then the far end is told so. */
export interface UplinkSink {
  /**
   * Takes the payload's bytes before it returns. `accepted` is called once for each call: null when the uplink is safe, an
   * error when it could not be kept. The code `EMSGSIZE` says that it never can be; with any other it may come again.
   */
  accept(uplink: Uplink, accepted: (error: (Error & { readonly code?: string }) | null) => void): void;
}

/**
 * Hands each uplink over once it may be acknowledged, and acknowledges only what the sink has accepted.
 *
 * It runs from the moment it is opened and comes back by itself, however long its far end is away. What the sink refuses
 * stays at the far end, which offers it again.
 */
export interface Intake {
  /** The name in the configuration. Its uplinks carry the device `intake:NAME`. */
  readonly name: string;
  usage(): IntakeUsage;
  /**
   * Tells the far end something, at QoS 1; resolves when it has it. Nothing waits here for a far end that is away: a valve must not
   * open hours after somebody asked for it.
   *
   * @throws when there is no connection, or it is lost before the far end has confirmed
   */
  publish(topic: string, payload: string): Promise<void>;
  /** Takes nothing more, acknowledges what is being accepted, then leaves. Its session at the far end stays. Safe to call twice. */
  close(): Promise<void>;
}

export interface IntakeUsage {
  /** Since when the far end knows what we want; null while there is no connection. */
  readonly connectedSinceMs: number | null;
  /** Server time of the last uplink that was handed over; null when there was none since the start. */
  readonly lastUplinkAtMs: number | null;
  /** Handed over, and not yet known to be safe. */
  readonly unacknowledged: number;
  readonly accepted: number;
  readonly acceptedBytes: number;
  /** What the sink could not keep; the far end still has it. */
  readonly refused: number;
  /** Uplinks larger than any record: acknowledged, or they would come back for ever; logged by topic and size. */
  readonly tooLarge: number;
  /** Retained messages: old news without a time, acknowledged and not taken. */
  readonly retained: number;
  /** Connections after the first. */
  readonly reconnects: number;
  /** How often the far end had forgotten us, and with us what it had kept for us. */
  readonly sessionsLost: number;
  /** Filters that the far end does not let us follow, with its reason. */
  readonly refusedFilters: readonly { readonly filter: string; readonly reason: string }[];
  /** What keeps uplinks from coming, in words that say what would be right; null when nothing does. */
  readonly trouble: string | null;
}

/** The id under which an intake's uplinks enter the journal. No device can have it: the colon is not allowed there. */
export function intakeDevice(name: string): string {
  return `intake:${name}`;
}

/** pino's shape. */
export interface IntakeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
