import { z } from "zod";
import type { Notification } from "../../alerts/index.ts";
import { acknowledgeButton, chatOf } from "../../messages/index.ts";
import type { Language } from "../../rules/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import { keepListening } from "../keep-listening.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { secret } from "../secret.ts";
import { type BotApi, createBotApi, TelegramRefusal } from "./bot-api.ts";
import { pollReplies } from "./poll-replies.ts";

/** Longest text of a message (Bot API, sendMessage). */
const mostChars = 4096;
/** Most groups for which it is remembered where they have moved. */
const mostMoved = 1000;

/** Sends alerts as messages of a Telegram bot, and hears what people send back. */
export const telegram = z
  .strictObject({
    kind: z.literal("telegram"),
    token: secret.describe("The bot's token, from @BotFather."),
    apiUrl: z.url({ protocol: /^https?$/ }).default("https://api.telegram.org"),
    pollSeconds: z.number().int().min(1).max(50).default(50).describe("How long one call waits for replies."),
    ...fixedAddress,
  })
  .transform(
    (config): CreateNotifier =>
      ({ name, log, now }) => {
        const api = createBotApi(config);
        const send = createSender(api);
        return {
          reaches: { medium: "telegram", address: "telegram" },
          // Some 30 messages a second in all, one a second to a chat (Bots FAQ).
          atOnce: 4,
          async deliver(notification) {
            const { address, language } = addresseeOf(notification, config);
            const text = chatOf(notification, language, { mostChars, canReply: true });
            const message = await send(address, { text, ...buttons(notification, language) });
            return `message ${message}`;
          },
          listen: (replies) =>
            keepListening(
              pollReplies({ api, channel: name, now, pollSeconds: config.pollSeconds }, replies),
              (error, waitMs) =>
                log.warn(
                  { notifier: name, waitMs },
                  `replies cannot be fetched: ${(error as Error).message}`,
                ),
            ),
        };
      },
  );

/** One tap is enough: the button sends what else would have to be typed. */
function buttons({ acknowledge }: Notification, language: Language): object {
  if (!acknowledge) return {};
  const button = { text: acknowledgeButton[language], callback_data: `OK ${acknowledge.code}` };
  return { reply_markup: { inline_keyboard: [[button]] } };
}

/** A group that became a supergroup has another id from then on; what was meant for the old one is sent there at once. */
function createSender(api: BotApi): (chat: string, message: object) => Promise<number> {
  const moved = new Map<string, string>();
  return async (chat, message) => {
    const send = (chatId: string) =>
      api.call<{ message_id: number }>("sendMessage", {
        chat_id: chatId,
        link_preview_options: { is_disabled: true },
        ...message,
      });
    try {
      return (await send(moved.get(chat) ?? chat)).message_id;
    } catch (error) {
      const next = error instanceof TelegramRefusal ? error.migratedTo : undefined;
      if (next === undefined) throw error;
      moved.set(chat, next);
      if (moved.size > mostMoved) moved.delete(moved.keys().next().value!);
      return (await send(next)).message_id;
    }
  };
}
