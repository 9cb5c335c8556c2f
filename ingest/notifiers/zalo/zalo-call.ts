import { DeliveryError, type DeliveryFailure } from "../../alerts/index.ts";
import { jsonOf, refusal, send } from "../http-delivery.ts";
import type { AccessToken } from "./access-token.ts";

/** What one of Zalo's error codes means for a message. */
export interface ZaloFailure {
  readonly failure: DeliveryFailure;
  readonly retryable: boolean;
  /** When it makes sense to try again. */
  readonly until?: "morning" | "midnight";
}

/** Codes by which Zalo refuses a token: a new one is fetched at once. */
const tokenCodes = new Set([-124, -216, -220]);

export interface ZaloCallParts {
  readonly url: string;
  readonly token: AccessToken;
  readonly failures: Readonly<Record<number, ZaloFailure>>;
  readonly timeoutMs: number;
  readonly now: () => number;
}

/**
 * Calls Zalo's API, with a fresh token when it refuses the one at hand.
 * @returns the `data` of its answer
 * @throws DeliveryError
 */
export async function callZalo(
  body: object,
  parts: ZaloCallParts,
): Promise<Readonly<Record<string, unknown>>> {
  const first = await parts.token.get();
  const answer = await attempt(body, first, parts);
  if (!tokenCodes.has(answer.code)) return accepted(answer, parts);
  const second = await parts.token.get(first);
  return accepted(await attempt(body, second, parts), parts);
}

interface ZaloAnswer {
  readonly code: number;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function attempt(
  body: object,
  token: string,
  { url, timeoutMs, now }: ZaloCallParts,
): Promise<ZaloAnswer> {
  const answer = await send({
    url,
    headers: { "Content-Type": "application/json", access_token: token },
    body: JSON.stringify(body),
    timeoutMs,
  });
  const told = jsonOf(answer.text);
  // Zalo says no with HTTP 200: without a code in it, it was not Zalo that answered.
  if (typeof told?.error !== "number") {
    if (answer.status >= 400) throw refusal(answer, now());
    throw new DeliveryError("the answer holds no code", { failure: "unavailable", retryable: true });
  }
  return {
    code: told.error,
    message: String(told.message ?? ""),
    data: (told.data ?? {}) as Record<string, unknown>,
  };
}

function accepted({ code, message, data }: ZaloAnswer, { failures, now }: ZaloCallParts): ZaloAnswer["data"] {
  if (code === 0) return data;
  const text = `${code}: ${message}`;
  if (tokenCodes.has(code)) throw new DeliveryError(text, { failure: "credentials", retryable: true });
  // What is not in the table is tried again: an alert that comes late is better than one that was given up for a new code.
  const { until, ...about } = failures[code] ?? ({ failure: "unavailable", retryable: true } as ZaloFailure);
  throw new DeliveryError(text, {
    ...about,
    ...(until === undefined ? {} : { retryAfterMs: msUntil(until, now()) }),
  });
}

const hourMs = 3_600_000;

/** Viet Nam keeps UTC+7 all year. Night ends at six; days, and with them quotas, at midnight. */
function msUntil(until: "morning" | "midnight", nowMs: number): number {
  const sinceMidnightMs = (nowMs + 7 * hourMs) % (24 * hourMs);
  const goalMs = until === "morning" ? 6 * hourMs : 0;
  return (goalMs - sinceMidnightMs + 24 * hourMs) % (24 * hourMs);
}
