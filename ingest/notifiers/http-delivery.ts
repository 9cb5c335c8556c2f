import { DeliveryError } from "../alerts/index.ts";

/** An HTTP request that delivers something, and how long the whole of it may take. */
export interface DeliveryRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
  /** Breaks it off earlier. */
  readonly signal?: AbortSignal;
}

export interface DeliveryAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** At most `mostAnswerBytes` of it. */
  readonly text: string;
}

/** Nobody who confirms a message needs more. */
const mostAnswerBytes = 65_536;

/**
 * Sends a request once. Redirects are not followed: they would carry an alert and its credentials to somebody else.
 * @throws DeliveryError when no answer came; retryable, and without the address, whose path is often a secret
 */
export async function send(request: DeliveryRequest): Promise<DeliveryAnswer> {
  const { url, method = "POST", headers = {}, body, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      method,
      headers: { "User-Agent": "canhdong", ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { status: answer.status, headers: answer.headers, text: await textOf(answer) };
  } catch (cause) {
    throw notReached(cause, new URL(url).host, timeoutMs);
  }
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString("utf8");
}

function notReached(cause: unknown, host: string, timeoutMs: number): DeliveryError {
  if (cause instanceof Error && cause.name === "TimeoutError")
    return new DeliveryError(`${host} did not answer within ${timeoutMs} ms`, {
      failure: "timed-out",
      retryable: true,
      cause,
    });
  const { code } = ((cause as Error).cause ?? {}) as { code?: string };
  return new DeliveryError(`${host} cannot be reached${code ? ` (${code})` : ""}`, {
    failure: "unreachable",
    retryable: true,
    cause,
  });
}

/** What an answer that is no success means, by its status alone. */
export function refusal({ status, headers }: DeliveryAnswer, nowMs: number, detail = ""): DeliveryError {
  const message = `HTTP ${status}${detail === "" ? "" : `: ${detail}`}`;
  const retryAfterMs = retryAfter(headers.get("retry-after"), nowMs);
  // Somebody may put the key right before the news is old.
  if (status === 401 || status === 403)
    return new DeliveryError(message, { failure: "credentials", retryable: true });
  if (status === 429)
    return new DeliveryError(message, { failure: "rate-limited", retryable: true, retryAfterMs });
  if (status >= 500 || status === 408 || status === 425)
    return new DeliveryError(message, { failure: "unavailable", retryable: true, retryAfterMs });
  return new DeliveryError(message, { failure: "rejected", retryable: false });
}

/** RFC 9110 §10.2.3: seconds, or a date. At most an hour is believed. */
function retryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), 3_600_000) : undefined;
}

/** The JSON object in an answer; undefined when there is none. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
