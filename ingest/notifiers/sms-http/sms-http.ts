import { z } from "zod";
import type { Notification } from "../../alerts/index.ts";
import { type Sms, smsOf } from "../../messages/index.ts";
import type { Language } from "../../rules/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import { answerRules, readAnswer } from "../gateway-answer.ts";
import { inbound, receiving } from "../gateway-replies.ts";
import { send } from "../http-delivery.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { phoneForms } from "../phone.ts";
import { filledRequest, requestTemplate, type TemplateFields } from "../request-template.ts";

/** Sends alerts as text messages through a gateway that is called by HTTP, whatever its dialect. */
export const smsHttp = z
  .strictObject({
    kind: z.literal("sms-http"),
    ...requestTemplate,
    answer: answerRules,
    accents: z.boolean().default(true).describe("false: the gateway takes no accented texts."),
    inbound,
    ...fixedAddress,
  })
  .transform((config): CreateNotifier => {
    const abilities = { canReply: config.inbound !== undefined, accents: config.accents };
    return ({ name, now }) => ({
      reaches: { medium: "sms", address: "phone" },
      atOnce: 4,
      async deliver(notification) {
        const { address, language } = addresseeOf(notification, config);
        const sms = smsOf(notification, language, abilities);
        const request = filledRequest(config, fieldsOf(notification, address, language, sms));
        const answer = await send({ ...request, timeoutMs: config.timeoutMs });
        return `${readAnswer(answer, config.answer, now())}, ${sms.parts} part${sms.parts === 1 ? "" : "s"} in ${sms.encoding}`;
      },
      ...receiving(config.inbound, { channel: name, now }),
    });
  });

function fieldsOf(
  { id, alert }: Notification,
  address: string,
  language: Language,
  { text, encoding, parts }: Sms,
): TemplateFields {
  return {
    ...phoneForms(address),
    text,
    id,
    language,
    severity: alert.severity,
    unicode: encoding === "ucs2" ? "1" : "0",
    parts: String(parts),
  };
}
