import { createHmac } from "node:crypto";
import { z } from "zod";
import { DeliveryError, type Notification } from "../../alerts/index.ts";
import { messageOf } from "../message.ts";
import type { CreateNotifier } from "../notifier-parts.ts";

const key = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "must be `whsec_` and a key in base64: openssl rand -base64 32")
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
          const answer = await post(url, { headers, body, timeoutMs });
          if (answer.ok) return `HTTP ${answer.status}`;
          throw refusal(answer, now());
        },
      }),
  );

function bodyOf({ id, event, alert }: Notification) {
  return {
    id,
    event,
    alert,
    message: { vi: messageOf(event, alert, "vi"), en: messageOf(event, alert, "en") },
  };
}

function headersFor(id: string, body: string, key: Buffer, nowMs: number): Record<string, string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return {
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "canhdong",
    "Idempotency-Key": id,
    "Webhook-Id": id,
    "Webhook-Timestamp": seconds,
    "Webhook-Signature": `v1,${signature}`,
  };
}

async function post(
  url: string,
  { headers, body, timeoutMs }: { headers: Record<string, string>; body: string; timeoutMs: number },
): Promise<Response> {
  try {
    // A redirect would carry the alert to somebody who does not have the key.
    const request: RequestInit = { method: "POST", headers, body, redirect: "manual" };
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return answer;
  } catch (cause) {
    throw notReached(cause, new URL(url).host, timeoutMs);
  }
}

/** The address itself stays out of the message: its path is often a secret. */
function notReached(cause: unknown, host: string, timeoutMs: number): DeliveryError {
  if (cause instanceof Error && cause.name === "TimeoutError")
    return new DeliveryError(`${host} did not answer within ${timeoutMs} ms`, {
      failure: "timed-out",
      retryable: true,
      cause,
    });
  const { code } = ((cause as Error).cause ?? {}) as { code?: string };
  return new DeliveryError(`${host} cannot be reached${code ? ` (${code})` : ""}`, {
    failure: "unreachable",
    retryable: true,
    cause,
  });
}

function refusal({ status, headers }: Response, nowMs: number): DeliveryError {
  const message = `HTTP ${status}`;
  if (status === 401 || status === 403)
    // Somebody may put the key right before the news is old.
    return new DeliveryError(message, { failure: "credentials", retryable: true });
  const retryAfterMs = retryAfter(headers.get("retry-after"), nowMs);
  if (status === 429)
    return new DeliveryError(message, { failure: "rate-limited", retryable: true, retryAfterMs });
  if (status >= 500 || status === 408 || status === 425)
    return new DeliveryError(message, { failure: "unavailable", retryable: true, retryAfterMs });
  return new DeliveryError(message, { failure: "rejected", retryable: false });
}

/** RFC 9110 §10.2.3: seconds, or a date. At most an hour is believed. */
function retryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), 3_600_000) : undefined;
}
