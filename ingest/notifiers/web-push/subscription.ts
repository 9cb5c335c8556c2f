import { z } from "zod";
import { DeliveryError } from "../../alerts/index.ts";
import type { ReceiverKeys } from "./encrypt-push.ts";

/** Where a browser can be pushed to. */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: ReceiverKeys;
}

/** The push services of the browsers there are. A name that begins with a dot stands for all below it. */
export const pushServices = [
  "fcm.googleapis.com",
  "updates.push.services.mozilla.com",
  ".push.apple.com",
  ".notify.windows.com",
] as const;

const octets = (length: number) =>
  z
    .base64url()
    .transform((text) => Buffer.from(text, "base64url"))
    .refine((bytes) => bytes.length === length);

const shape = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  keys: z.object({ p256dh: octets(65), auth: octets(16) }),
});

/**
 * Reads what `PushSubscription.toJSON()` of a browser gave. It came from outside, and we are to send a request to the address in it:
 * so it must be one of a push service, not of a machine in our own network.
 * @throws DeliveryError that the recipient is gone, for what cannot be used will never be
 */
export function subscriptionIn(address: string, services: readonly string[]): Subscription {
  const read = shape.safeParse(parsed(address));
  if (!read.success) throw gone("the subscription cannot be read");
  const { protocol, hostname } = new URL(read.data.endpoint);
  const isKnown = services.some((service) =>
    service.startsWith(".") ? hostname.endsWith(service) : hostname === service,
  );
  if (!isKnown) throw gone(`${hostname} is not a push service that is configured`);
  if (protocol !== "https:" && hostname !== "127.0.0.1") throw gone(`${hostname} is not asked by HTTPS`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function gone(message: string): DeliveryError {
  return new DeliveryError(message, { failure: "recipient-gone", retryable: false });
}
