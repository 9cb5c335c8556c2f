import { createHash } from "node:crypto";
import { z } from "zod";
import type { AlertEvent, Notification } from "../../alerts/index.ts";
import { parameterNames, parameterOf } from "../../messages/index.ts";
import type { Language } from "../../rules/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { phoneForms } from "../phone.ts";
import { createAccessToken, officialAccount } from "../zalo/access-token.ts";
import { callZalo, type ZaloFailure } from "../zalo/zalo-call.ts";

/** What a parameter of a template takes when it was set up as a name, the shortest kind. */
const usualChars = 30;

const parameter = z
  .union(
    [
      z.enum(parameterNames),
      z.strictObject({
        of: z.enum(parameterNames),
        mostChars: z.number().int().min(1).max(400).default(usualChars),
      }),
    ],
    { error: `must be one of ${parameterNames.join(", ")}, or \`{ of: title, mostChars: 90 }\`` },
  )
  .transform((written) => (typeof written === "string" ? { of: written, mostChars: usualChars } : written));

const template = z.strictObject({
  id: z.string().regex(/^\d+$/, "must be the number of an approved template"),
  parameters: z
    .record(z.string().regex(/^\w+$/, "must be letters, digits and underscores"), parameter)
    .refine((all) => Object.keys(all).length > 0, "must have a parameter: Zalo approves no template without")
    .describe("By the name in the template: which piece of the alert, and how many characters it takes."),
});

const gone: ZaloFailure = { failure: "recipient-gone", retryable: false };
const rejected: ZaloFailure = { failure: "rejected", retryable: false };
const account: ZaloFailure = { failure: "credentials", retryable: true };
const tomorrow: ZaloFailure = { failure: "rate-limited", retryable: true, until: "midnight" };

/** Codes of ZNS (zalo.cloud, "Cách xử lý mã lỗi"). */
const failures: Readonly<Record<number, ZaloFailure>> = {
  [-101]: account,
  [-102]: account,
  [-103]: account,
  [-104]: account,
  [-105]: account,
  [-108]: gone,
  [-109]: rejected,
  // Their Zalo is too old, or they take no such messages, or have no Zalo.
  [-110]: rejected,
  [-111]: rejected,
  [-112]: rejected,
  [-114]: rejected,
  [-115]: account,
  [-116]: rejected,
  [-117]: account,
  [-118]: gone,
  [-119]: gone,
  [-126]: account,
  [-131]: account,
  [-132]: rejected,
  [-133]: { failure: "rate-limited", retryable: true, until: "morning" },
  [-139]: gone,
  [-144]: tomorrow,
  [-147]: tomorrow,
  [-1472]: tomorrow,
};

/** Below this share of the day's quota the log warns. */
const lowQuotaShare = 0.1;

/** Sends alerts by telephone number through templates that Zalo has approved (ZNS): also to people who have never written to us. */
export const zns = z
  .strictObject({
    kind: z.literal("zns"),
    ...officialAccount,
    templates: z
      .strictObject({ fired: template, resolved: template })
      .describe("`fired` also tells that an alert has changed or that nobody has responded."),
    apiUrl: z.url({ protocol: /^https?$/ }).default("https://business.openapi.zalo.me"),
    ...fixedAddress,
  })
  .transform(
    (config): CreateNotifier =>
      ({ name, log, now }) => {
        const { apiUrl, timeoutMs } = config;
        const token = createAccessToken({ ...config, now });
        return {
          reaches: { medium: "zalo", address: "phone" },
          atOnce: 4,
          async deliver(notification) {
            const { address, language } = addresseeOf(notification, config);
            const { id, parameters } = config.templates[templateFor(notification.event)];
            const body = {
              phone: phoneForms(address).phoneDigits,
              template_id: id,
              template_data: dataFor(notification, parameters, language),
              tracking_id: trackingId(notification.id),
            };
            const url = `${apiUrl}/message/template`;
            const data = await callZalo(body, { url, token, failures, timeoutMs, now });
            const { left, of } = quotaIn(data);
            if (left < of * lowQuotaShare)
              log.warn({ notifier: name, left, of }, "today's quota of ZNS messages is nearly used up");
            return `message ${String(data.msg_id ?? "")}${of > 0 ? `, quota ${left} of ${of}` : ""}`;
          },
        };
      },
  );

function templateFor(event: AlertEvent): "fired" | "resolved" {
  return event === "resolved" ? "resolved" : "fired";
}

function dataFor(
  notification: Notification,
  parameters: Readonly<Record<string, z.output<typeof parameter>>>,
  language: Language,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { of, mostChars }]) => [
      name,
      parameterOf(notification, of, language, mostChars),
    ]),
  );
}

/** At most 48 characters; the same in every attempt. */
function trackingId(notification: string): string {
  return createHash("sha256").update(notification).digest("hex").slice(0, 48);
}

/** Zalo writes both numbers as text. */
function quotaIn({ quota }: Readonly<Record<string, unknown>>): { left: number; of: number } {
  const { remainingQuota, dailyQuota } = (quota ?? {}) as { remainingQuota?: unknown; dailyQuota?: unknown };
  const [left, of] = [Number(remainingQuota), Number(dailyQuota)];
  return Number.isFinite(left) && Number.isFinite(of) ? { left, of } : { left: 0, of: 0 };
}
