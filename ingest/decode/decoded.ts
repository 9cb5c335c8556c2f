import type { Reading } from "../../devices/index.ts";
import type { JournaledUplink } from "../journal/journal.ts";

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
}

/** What was made of one uplink. Nothing is thrown away: each value it carried is in `readings` or in `rejections`. */
export interface Decoded {
  readonly uplink: JournaledUplink;
  readonly readings: readonly Reading[];
  readonly rejections: readonly Rejection[];
  /** Name and version of the decoder, such as `native/1`. */
  readonly decoder: string;
}
