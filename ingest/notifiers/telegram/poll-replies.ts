import type { Replies } from "../../alerts/index.ts";
import type { BotApi } from "./bot-api.ts";

/** Of an update, what we look at (core.telegram.org/bots/api#update). */
interface Update {
  readonly update_id: number;
  readonly message?: {
    /** Unix seconds. */
    readonly date: number;
    readonly chat: { readonly id: number };
    readonly text?: string;
  };
  readonly callback_query?: {
    readonly id: string;
    readonly data?: string;
    readonly message?: { readonly chat: { readonly id: number } };
  };
}

export interface PollParts {
  readonly api: BotApi;
  readonly channel: string;
  readonly now: () => number;
  readonly pollSeconds: number;
}

/**
 * One long poll, each time it is called. An update counts as fetched when a later one is asked for (getUpdates, `offset`): that is done
 * only when its reply has been taken in, so none is lost when we stop in between.
 */
export function pollReplies(
  { api, channel, now, pollSeconds }: PollParts,
  replies: Replies,
): (signal: AbortSignal) => Promise<void> {
  let offset = 0;
  return async (signal) => {
    const updates = await api.call<readonly Update[]>(
      "getUpdates",
      { offset, timeout: pollSeconds, allowed_updates: ["message", "callback_query"] },
      { signal, waitsMs: pollSeconds * 1000 },
    );
    for (const update of updates) {
      await take(update);
      offset = update.update_id + 1;
    }
  };

  async function take({ message, callback_query: tapped }: Update): Promise<void> {
    if (message?.text !== undefined) {
      const { chat, text, date } = message;
      await replies({ channel, address: String(chat.id), text, atMs: date * 1000 });
    }
    if (tapped?.data === undefined || !tapped.message) return;
    await replies({ channel, address: String(tapped.message.chat.id), text: tapped.data, atMs: now() });
    // Ends the little clock on the button; that it has run out by then is no trouble.
    await api.call("answerCallbackQuery", { callback_query_id: tapped.id }).catch(() => {});
  }
}
