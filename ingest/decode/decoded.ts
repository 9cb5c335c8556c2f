import type { Reading } from "../../devices/index.ts";
import type { JournaledUplink } from "../journal/journal.ts";
import type { DeviceFlag, LinkReport } from "./link-report.ts";

/**
 * Why something that arrived could not become a reading: a closed set, which is also the label of the metric.
 * An order from the envelope inwards.
 */
export const rejectionReasons = [
  "unknown-topic",
  "unknown-device",
  "too-large",
  "not-utf8",
  "not-json",
  "too-deep",
  "wrong-shape",
  "empty",
  "clock-implausible",
  "unknown-quantity",
  "not-a-number",
  "sentinel",
  "implausible",
  "decoder-failed",
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** One thing that arrived and could not be read. The raw bytes are its uplink's. */
export interface Rejection {
  readonly reason: RejectionReason;
  /** What was found, where, and what would be right; for people. */
  readonly detail: string;
  /** The quantity whose value was refused; null when the whole uplink or one whole item of it was. */
  readonly quantity: string | null;
  /** Device time of the refused value, where one could be read. */
  readonly measuredAtMs: number | null;
  /** Whose value was refused, where it is not the uplink's own device; absent when nobody knows. */
  readonly device?: string;
}

/** What was made of one uplink. Nothing is thrown away: each value it carried is in `readings` or in `rejections`. */
export interface Decoded {
  readonly uplink: JournaledUplink;
  readonly readings: readonly Reading[];
  readonly rejections: readonly Rejection[];
  /** Name and version of the dialect, and of the device model that read its bytes: `chirpstack/1+dragino-lse01/1`. */
  readonly decoder: string;
  /** Who spoke, where it is not just the uplink's own device: see `ofEachDevice`. */
  readonly devices?: readonly string[];
  /** How gateways heard it; absent when nobody tells. */
  readonly links?: readonly LinkReport[];
  /** What stands in the place of values; absent when nothing does. */
  readonly flags?: readonly DeviceFlag[];
}
