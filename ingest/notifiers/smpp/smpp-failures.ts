import { DeliveryError, type DeliveryFailure } from "../../alerts/index.ts";
import { statuses } from "./pdu.ts";

const known: Readonly<Record<number, readonly [failure: DeliveryFailure, retryable: boolean]>> = {
  [statuses.systemError]: ["unavailable", true],
  [statuses.invalidDestination]: ["recipient-gone", false],
  [statuses.bindFailed]: ["credentials", true],
  [statuses.invalidPassword]: ["credentials", true],
  [statuses.invalidSystemId]: ["credentials", true],
  [statuses.queueFull]: ["rate-limited", true],
  [statuses.submitFailed]: ["unavailable", true],
  [statuses.throttled]: ["rate-limited", true],
  [statuses.temporaryError]: ["unavailable", true],
};

/** From here on each vendor has its own (SMPP 3.4 §5.1.3): what they mean nobody knows, and most of them pass. */
const firstOfVendors = 0x400;

/** What a refusal by the centre means. A packet that it calls wrong will be wrong again. */
export function refusedBy(status: number): DeliveryError {
  const [failure, retryable] =
    known[status] ?? (status >= firstOfVendors ? ["unavailable", true] : ["rejected", false]);
  return new DeliveryError(`SMPP status 0x${status.toString(16).padStart(8, "0")}`, { failure, retryable });
}
