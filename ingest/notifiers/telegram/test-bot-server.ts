import { createTestProvider, type ProviderAnswer } from "../test-provider.ts";

export const token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

const ok = (result: unknown): ProviderAnswer => ({ body: { ok: true, result } });
const no = (error_code: number, description: string, parameters?: object): ProviderAnswer => ({
  status: error_code,
  body: { ok: false, error_code, description, ...(parameters ? { parameters } : {}) },
});

/** What a chat of the server makes of a message. */
export type ChatState = "open" | "blocked" | "unknown" | "flooded" | "down" | { readonly movedTo: number };

/** A server that speaks as much of the Bot API as we use: chats in their states, updates that wait until they are confirmed by a later offset. */
export async function createTestBotServer(chatStates: Readonly<Record<string, ChatState>> = {}) {
  const sent: { readonly chat: string; readonly text: string; readonly markup: unknown }[] = [];
  let updates: { readonly update_id: number }[] = [];
  let nextUpdate = 700;
  let wake: (() => void) | null = null;

  const provider = await createTestProvider(async ({ path, json }) => {
    const [, bot, method] = path.split("/");
    if (bot !== `bot${token}`) return no(401, "Unauthorized");
    if (method === "sendMessage") return sendMessage(json);
    if (method === "getUpdates") return getUpdates(json);
    return method === "answerCallbackQuery" ? ok(true) : no(404, "Not Found");
  });

  function sendMessage({ chat_id, text, reply_markup }: Record<string, unknown>): ProviderAnswer {
    const state = chatStates[String(chat_id)] ?? "open";
    if (state === "blocked") return no(403, "Forbidden: bot was blocked by the user");
    if (state === "unknown") return no(400, "Bad Request: chat not found");
    if (state === "flooded") return no(429, "Too Many Requests: retry after 14", { retry_after: 14 });
    if (state === "down") return no(502, "Bad Gateway");
    if (typeof state === "object")
      return no(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        migrate_to_chat_id: state.movedTo,
      });
    sent.push({ chat: String(chat_id), text: String(text), markup: reply_markup });
    return ok({ message_id: sent.length, date: 1795217400, chat: { id: chat_id }, text });
  }

  async function getUpdates({ offset }: Record<string, unknown>): Promise<ProviderAnswer> {
    updates = updates.filter(({ update_id }) => update_id >= Number(offset));
    if (updates.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return ok(updates);
  }

  return {
    ...provider,
    sent,
    unconfirmed: () => updates.length,
    /** A person writes, or taps a button. */
    comes(update: object): void {
      updates = [...updates, { update_id: nextUpdate++, ...update }];
      wake?.();
    },
  };
}
