import { z } from "zod";
import { voiceOf } from "../../messages/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import { answerRules, readAnswer } from "../gateway-answer.ts";
import { inbound, receiving } from "../gateway-replies.ts";
import { send } from "../http-delivery.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { phoneForms } from "../phone.ts";
import { filledRequest, requestTemplate } from "../request-template.ts";

/** Has a telephone ring and a voice read the alert out, through a gateway that is called by HTTP. */
export const voice = z
  .strictObject({
    kind: z.literal("voice"),
    ...requestTemplate,
    answer: answerRules,
    inbound: inbound.describe("`text` names the field that holds the key that was pressed."),
    ...fixedAddress,
  })
  .transform((config): CreateNotifier => {
    const canReply = config.inbound !== undefined;
    return ({ name, now }) => ({
      reaches: { medium: "voice", address: "phone" },
      // Each call keeps a line of the gateway busy.
      atOnce: 2,
      async deliver(notification) {
        const { address, language } = addresseeOf(notification, config);
        const request = filledRequest(config, {
          ...phoneForms(address),
          text: voiceOf(notification, language, { canReply }),
          id: notification.id,
          language,
          severity: notification.alert.severity,
          unicode: "1",
          parts: "1",
        });
        return readAnswer(await send({ ...request, timeoutMs: config.timeoutMs }), config.answer, now());
      },
      ...receiving(config.inbound, { channel: name, now, replyOf: keyAsReply }),
    });
  });

/** The voice asks for the key 1; any other was pressed by mistake. */
function keyAsReply(pressed: string): string | null {
  return pressed.trim() === "1" ? "OK" : null;
}
