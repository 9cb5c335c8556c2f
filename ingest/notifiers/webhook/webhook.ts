import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Notification } from "../../alerts/index.ts";
import { messageOf } from "../../messages/index.ts";
import { refusal, send } from "../http-delivery.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { secret } from "../secret.ts";

const key = secret
  .refine((written) => /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(written), {
    error: "must be `whsec_` and a key in base64: openssl rand -base64 32",
  })
  .transform((written) => Buffer.from(written.slice("whsec_".length), "base64"))
  .refine((bytes) => bytes.length >= 24 && bytes.length <= 64, "must be a key of 24 to 64 bytes");

/**
 * POSTs each notification as JSON, signed after Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over
 * `{id}.{seconds}.{body}`, so that a receiver can tell our messages from anybody's, and an old one sent again.
 */
export const webhook = z
  .strictObject({
    kind: z.literal("webhook"),
    url: z.url({ protocol: /^https?$/ }),
    key: key.describe("Shared with the receiver: `whsec_` and 24 to 64 random bytes in base64."),
    timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
  })
  .transform(
    ({ url, key, timeoutMs }): CreateNotifier =>
      ({ now }) => ({
        atOnce: 4,
        async deliver(notification) {
          const body = JSON.stringify(bodyOf(notification));
          const headers = headersFor(notification.id, body, key, now());
          const answer = await send({ url, headers, body, timeoutMs });
          if (answer.status >= 200 && answer.status < 300) return `HTTP ${answer.status}`;
          throw refusal(answer, now());
        },
      }),
  );

function bodyOf(notification: Notification) {
  const { id, event, alert, digest, recipient, acknowledge } = notification;
  return {
    id,
    event,
    alert,
    // Absent where there is none.
    digest,
    recipient,
    acknowledge,
    message: { vi: messageOf(notification, "vi"), en: messageOf(notification, "en") },
  };
}

function headersFor(id: string, body: string, key: Buffer, nowMs: number): Record<string, string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Idempotency-Key": id,
    "Webhook-Id": id,
    "Webhook-Timestamp": seconds,
    "Webhook-Signature": `v1,${signature}`,
  };
}
