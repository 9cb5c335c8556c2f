import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ProviderCall, Replies } from "../../alerts/index.ts";
import { jsonOf } from "../http-delivery.ts";

export interface EventParts {
  readonly appId: string;
  /** Of the official account, not of the app. */
  readonly oaSecret: string;
  readonly channel: string;
}

const written = z.object({
  app_id: z.string(),
  /** Milliseconds, as text. */
  timestamp: z.string().regex(/^\d+$/),
  event_name: z.literal("user_send_text"),
  sender: z.object({ id: z.string().min(1) }),
  message: z.object({ text: z.string() }),
});

/**
 * Takes an event that Zalo tells of. What is no text of a person is nothing to us, and none of Zalo's business: it is answered with 200,
 * for Zalo switches a webhook off that does not.
 */
export async function receiveEvent(call: ProviderCall, parts: EventParts, replies: Replies): Promise<number> {
  const event = jsonOf(call.body.toString("utf8"));
  if (
    event === undefined ||
    event.app_id !== parts.appId ||
    !isSigned(call, String(event.timestamp ?? ""), parts)
  )
    return 401;
  const text = written.safeParse(event);
  if (text.success) {
    const { sender, message, timestamp } = text.data;
    await replies({
      channel: parts.channel,
      address: sender.id,
      text: message.text,
      atMs: Number(timestamp),
    });
  }
  return 200;
}

/** `X-ZEvent-Signature: mac=` and SHA-256 over app, body, timestamp and the secret of the account. */
function isSigned(
  { headers, body }: ProviderCall,
  timestamp: string,
  { appId, oaSecret }: EventParts,
): boolean {
  const given = Buffer.from((headers["x-zevent-signature"] ?? "").replace(/^mac\s*=\s*/, ""), "hex");
  const expected = createHash("sha256")
    .update(appId)
    .update(body)
    .update(timestamp)
    .update(oaSecret)
    .digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}
