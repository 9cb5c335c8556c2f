import { z } from "zod";
import { chatOf } from "../../messages/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { secret } from "../secret.ts";
import { createAccessToken, officialAccount } from "./access-token.ts";
import { receiveEvent } from "./receive-event.ts";
import { callZalo, type ZaloFailure } from "./zalo-call.ts";

/** Longest text of a message of an official account. */
const mostChars = 2000;

const gone: ZaloFailure = { failure: "recipient-gone", retryable: false };
const rejected: ZaloFailure = { failure: "rejected", retryable: false };
const later: ZaloFailure = { failure: "rate-limited", retryable: true };
/** Somebody has to log in, pay or tick a box; it may happen before the news is old. */
const account: ZaloFailure = { failure: "credentials", retryable: true };

/** Codes of the API of official accounts (developers.zalo.me, "Bảng mã lỗi"). */
const failures: Readonly<Record<number, ZaloFailure>> = {
  [-32]: later,
  [-201]: rejected,
  [-204]: account,
  [-205]: account,
  [-209]: account,
  [-210]: rejected,
  [-211]: { ...later, until: "midnight" },
  [-212]: account,
  // Has not followed us, has blocked us, has not used Zalo for 45 days.
  [-213]: gone,
  [-217]: gone,
  [-218]: { ...later, until: "midnight" },
  [-219]: account,
  [-221]: account,
  [-223]: account,
  [-224]: account,
  [-227]: gone,
  // Has not written to us for 7 days: only a template (ZNS) may reach them until they do.
  [-230]: rejected,
  [-232]: rejected,
  [-233]: rejected,
  [-234]: { ...later, until: "morning" },
  [-240]: rejected,
  [-244]: gone,
  [-248]: rejected,
  [-320]: account,
  [-321]: account,
};

/** Sends alerts as messages of a Zalo official account, and hears what people send back. */
export const zalo = z
  .strictObject({
    kind: z.literal("zalo"),
    ...officialAccount,
    oaSecret: secret.optional().describe("Of the webhook. Absent: replies do not reach us."),
    apiUrl: z.url({ protocol: /^https?$/ }).default("https://openapi.zalo.me"),
    ...fixedAddress,
  })
  .transform((config): CreateNotifier => {
    const { oaSecret, appId, apiUrl, timeoutMs } = config;
    const canReply = oaSecret !== undefined;
    return ({ name, now }) => {
      const token = createAccessToken({ ...config, now });
      return {
        reaches: { medium: "zalo", address: "zalo" },
        atOnce: 4,
        async deliver(notification) {
          const { address, language } = addresseeOf(notification, config);
          const text = chatOf(notification, language, { mostChars, canReply });
          const message = { recipient: { user_id: address }, message: { text } };
          const url = `${apiUrl}/v3.0/oa/message/cs`;
          const data = await callZalo(message, { url, token, failures, timeoutMs, now });
          return `message ${String(data.message_id ?? "")}`;
        },
        ...(oaSecret !== undefined && {
          receive: (call, replies) => receiveEvent(call, { appId, oaSecret, channel: name }, replies),
        }),
      };
    };
  });
