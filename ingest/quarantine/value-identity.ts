import type { Rejection, RejectionReason } from "../decode/decoded.ts";
import type { JournaledUplink } from "../journal/journal.ts";

/** The reasons that refuse one value of a quantity at a time that is believed. */
export const valueReasons: ReadonlySet<RejectionReason> = new Set([
  "unknown-quantity",
  "not-a-number",
  "sentinel",
  "implausible",
]);

/** A refused value with all that tells it again, as a reading has it. */
export interface RefusedValue extends Rejection {
  readonly quantity: string;
  readonly measuredAtMs: number;
}

/** A name that was cut or cleaned to be shown may stand for several. */
const altered = /[…\ufffd]/;

export function isRefusedValue(rejection: Rejection): rejection is RefusedValue {
  const { reason, quantity, measuredAtMs } = rejection;
  if (!valueReasons.has(reason) || measuredAtMs === null) return false;
  return quantity !== null && !altered.test(quantity);
}

/**
 * Whether the device itself told when the value was measured. A time equal to that of arrival may be the server's: two
 * such in one millisecond are two values, not one sent twice.
 */
export function isOwnTime({ measuredAtMs }: Rejection, { receivedAtMs }: JournaledUplink): boolean {
  return measuredAtMs !== receivedAtMs;
}

/** By what a refused value is known when it comes again: what a reading is known by in the store, and the reason. */
export function identityOf(device: string, { measuredAtMs, quantity, reason }: RefusedValue): string {
  return `${device}\n${measuredAtMs}\n${quantity}\n${reason}`;
}
