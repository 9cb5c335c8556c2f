import { createECDH, randomBytes } from "node:crypto";
import { z } from "zod";
import { DeliveryError, type Notification } from "../../alerts/index.ts";
import { pushOf } from "../../messages/index.ts";
import type { Language } from "../../rules/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import { type DeliveryAnswer, refusal, send } from "../http-delivery.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { secret } from "../secret.ts";
import { encryptPush } from "./encrypt-push.ts";
import { pushServices, type Subscription, subscriptionIn } from "./subscription.ts";
import { vapidAuthorization, vapidKeysOf } from "./vapid.ts";

/** A day later the news is old. */
const keptSeconds = 86_400;

const privateKey = secret
  .transform((text) => Buffer.from(text, "base64url"))
  .refine((bytes) => bytes.length === 32, "must be a private key on P-256: 32 octets in base64url");

/** Pushes alerts to browsers that have subscribed, also when the page is closed. */
export const webPush = z
  .strictObject({
    kind: z.literal("web-push"),
    privateKey: privateKey.describe("Of the pair by which push services know us (VAPID)."),
    contact: z
      .string()
      .regex(/^(mailto:.+@.+|https:\/\/.+)$/, "must be `mailto:…` or `https://…`")
      .describe("Whom the push service may ask about us."),
    services: z
      .array(z.string().min(1))
      .default([...pushServices])
      .describe("Names of machines to which browsers may send us."),
    ...fixedAddress,
  })
  .transform((config): CreateNotifier => {
    const keys = vapidKeysOf(config.privateKey);
    return ({ now }) => ({
      reaches: { medium: "web-push", address: "web-push" },
      subscriptionKey: keys.publicKey.toString("base64url"),
      atOnce: 8,
      async deliver(notification) {
        const { address, language } = addresseeOf(notification, config);
        const subscription = subscriptionIn(address, config.services);
        const answer = await send({
          url: subscription.endpoint,
          headers: {
            ...headersFor(notification),
            Authorization: vapidAuthorization(subscription.endpoint, keys, config.contact, now()),
          },
          body: sealed(payloadOf(notification, language), subscription),
          timeoutMs: config.timeoutMs,
        });
        if (answer.status >= 200 && answer.status < 300) return `HTTP ${answer.status}`;
        throw refused(answer, now());
      },
    });
  });

function headersFor({ alert, digest }: Notification): Record<string, string> {
  return {
    "Content-Type": "application/octet-stream",
    "Content-Encoding": "aes128gcm",
    TTL: String(keptSeconds),
    // RFC 8030 §5.3: high wakes a telephone that saves its battery.
    Urgency: { critical: "high", warning: "normal", info: "low" }[alert.severity],
    // RFC 8030 §5.4: of one alert the service keeps the last word only. At most 32 characters.
    ...(digest ? {} : { Topic: alert.id.replace(/[^\w-]/g, "").slice(0, 32) }),
  };
}

/** What the service worker of the page shows. The tag lets the next word of an alert take the place of the one before. */
function payloadOf(notification: Notification, language: Language): Buffer {
  const { id, event, alert, acknowledge } = notification;
  const { title, body } = pushOf(notification, language);
  const told = {
    id,
    event,
    tag: alert.id,
    severity: alert.severity,
    language,
    title,
    body,
    url: acknowledge?.url,
  };
  return Buffer.from(JSON.stringify(told));
}

function sealed(plain: Buffer, { keys }: Subscription): Uint8Array<ArrayBuffer> {
  const fresh = createECDH("prime256v1");
  fresh.generateKeys();
  const secrets = { privateKey: padded(fresh.getPrivateKey()), salt: randomBytes(16) };
  try {
    return new Uint8Array(encryptPush(plain, keys, secrets));
  } catch (cause) {
    // A key that is no point on the curve.
    throw new DeliveryError("the keys of the subscription cannot be used", {
      failure: "recipient-gone",
      retryable: false,
      cause,
    });
  }
}

/** Node leaves leading zeros out. */
function padded(key: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - key.length), key]);
}

/** RFC 8030 §7.3: 404 and 410 say that the subscription is no more. */
function refused(answer: DeliveryAnswer, nowMs: number): DeliveryError {
  const { status } = answer;
  if (status === 404 || status === 410)
    return new DeliveryError(`HTTP ${status}: the subscription has ended`, {
      failure: "recipient-gone",
      retryable: false,
    });
  return refusal(answer, nowMs);
}
