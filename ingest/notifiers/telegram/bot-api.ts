import { DeliveryError, type DeliveryFailure } from "../../alerts/index.ts";
import { jsonOf, refusal, send } from "../http-delivery.ts";

export interface BotApi {
  /** @throws DeliveryError */
  call<Result>(method: string, parameters: object, options?: CallOptions): Promise<Result>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** How long the call itself waits, on top of the time limit. */
  readonly waitsMs?: number;
}

/** Telegram has said no. */
export class TelegramRefusal extends DeliveryError {
  /** The id under which the chat goes on. */
  readonly migratedTo: string | undefined;

  constructor(message: string, about: ConstructorParameters<typeof DeliveryError>[1], migratedTo?: string) {
    super(message, about);
    this.migratedTo = migratedTo;
  }
}

interface Answer {
  readonly ok?: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

/** Calls methods of the Bot API (core.telegram.org/bots/api, "Making requests"). The token is in the address, which no error shows. */
export function createBotApi(config: { apiUrl: string; token: string; timeoutMs: number }): BotApi {
  return {
    async call<Result>(method: string, parameters: object, { signal, waitsMs = 0 }: CallOptions = {}) {
      const answer = await send({
        url: `${config.apiUrl}/bot${config.token}/${method}`,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(parameters),
        timeoutMs: config.timeoutMs + waitsMs,
        ...(signal ? { signal } : {}),
      });
      const told: Answer | undefined = jsonOf(answer.text);
      if (told?.ok === true) return told.result as Result;
      if (told?.error_code === undefined) throw refusal(answer, 0);
      throw refused(told);
    },
  };
}

function refused({ error_code = 0, description = "", parameters = {} }: Answer): TelegramRefusal {
  const message = `${error_code}: ${description}`;
  const { retry_after, migrate_to_chat_id } = parameters;
  const about = (failure: DeliveryFailure, retryable: boolean) => ({ failure, retryable });
  if (migrate_to_chat_id !== undefined)
    return new TelegramRefusal(message, about("rejected", false), String(migrate_to_chat_id));
  if (error_code === 429)
    return new TelegramRefusal(message, {
      ...about("rate-limited", true),
      retryAfterMs: (retry_after ?? 1) * 1000,
    });
  // 404 to a method that exists means that no bot has this token.
  if (error_code === 401 || error_code === 404)
    return new TelegramRefusal(message, about("credentials", true));
  if (error_code >= 500) return new TelegramRefusal(message, about("unavailable", true));
  if (error_code === 403 || /chat not found|user is deactivated|PEER_ID_INVALID/i.test(description))
    return new TelegramRefusal(message, about("recipient-gone", false));
  return new TelegramRefusal(message, about("rejected", false));
}
