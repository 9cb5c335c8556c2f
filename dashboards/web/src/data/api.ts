import type { z } from "zod";
import type {
  AlertInfo,
  AlertList,
  Health,
  Me,
  Overview,
  QuantityInfo,
  QuarantineList,
  Series,
} from "../../../../app/http/shapes.ts";
import { ApiFailure, failureKind, failureOfStatus } from "./failure.ts";
import type { Span } from "./window.ts";

export type Quarantine = z.infer<typeof QuarantineList>;

/** An answer, and when it was fetched if it is a copy that the service worker kept. */
export interface Answer<T> {
  readonly body: T;
  /** Browser time, milliseconds since 1970 UTC; null when it comes straight from the server. */
  readonly savedAtMs: number | null;
}

export interface SeriesRequest extends Span {
  readonly device: string;
  readonly quantity: string;
  readonly buckets: number;
}

/** The server as the page knows it. Every call rejects with an `ApiFailure`. */
export interface Api {
  /** What has no call of its own here: pages that are fetched when somebody goes there bring theirs along. */
  get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>>;
  /** Resolves with the body of the answer; null when it has none. */
  send<T>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<T>;
  session(): Promise<Answer<Me>>;
  signIn(name: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  quantities(): Promise<Answer<readonly QuantityInfo[]>>;
  overview(): Promise<Answer<Overview>>;
  series(request: SeriesRequest, signal: AbortSignal): Promise<Answer<Series>>;
  alerts(state: "open" | "resolved", limit: number): Promise<Answer<readonly AlertInfo[]>>;
  /** Resolves with the alert as the server now has it. */
  acknowledge(alert: string): Promise<AlertInfo>;
  /** The same, for an alert that fires again by itself after so many minutes. */
  snooze(alert: string, minutes: number): Promise<AlertInfo>;
  quarantine(): Promise<Answer<Quarantine>>;
  health(): Promise<Answer<Health>>;
}

/** Set by the service worker on answers it had kept. */
export const savedAtHeader = "x-canhdong-saved-at";

export const liveUrl = "/api/v1/live";

export function exportUrl(device: string, span: Span): string {
  return `/api/v1/export?format=csv&device=${inUrl(device)}&${spanQuery(span)}`;
}

const inUrl = encodeURIComponent;

function spanQuery({ fromMs, toMs }: Span): string {
  return `fromMs=${fromMs}&toMs=${toMs}`;
}

/** @param onSignedOut called when the server refuses because the session has ended */
export function createApi(fetch: typeof globalThis.fetch, onSignedOut: () => void): Api {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await request(fetch, path, init);
    } catch (error) {
      // Below `session` the same refusal means a wrong password, or that nobody has signed in yet.
      if (failureKind(error) === "signed-out" && !path.startsWith("session")) onSignedOut();
      throw error;
    }
  };
  const get = async <T>(path: string, signal?: AbortSignal): Promise<Answer<T>> => {
    const response = await ask(path, signal === undefined ? {} : { signal });
    return { body: await json<T>(response), savedAtMs: savedAt(response) };
  };
  const send = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await ask(path, { method, ...(body === undefined ? {} : jsonBody(body)) });
    return response.status === 204 ? (null as T) : json(response);
  };
  return {
    get,
    send,
    session: () => get("session"),
    signIn: (name, password) => send("POST", "session", { name, password }),
    signOut: () => send("DELETE", "session"),
    changePassword: (current, next) => send("POST", "session/password", { current, next }),
    quantities: async () => {
      const { body, savedAtMs } = await get<{ quantities: QuantityInfo[] }>("quantities");
      return { body: body.quantities, savedAtMs };
    },
    overview: () => get("overview"),
    series: ({ device, quantity, buckets, ...span }, signal) =>
      get(
        `devices/${inUrl(device)}/series?quantity=${inUrl(quantity)}&buckets=${buckets}&${spanQuery(span)}`,
        signal,
      ),
    alerts: async (state, limit) => {
      const { body, savedAtMs } = await get<z.infer<typeof AlertList>>(
        `alerts?state=${state}&limit=${limit}`,
      );
      return { body: body.alerts, savedAtMs };
    },
    acknowledge: (alert) => send("POST", `alerts/${inUrl(alert)}/acknowledge`),
    snooze: (alert, minutes) => send("POST", `alerts/${inUrl(alert)}/snooze`, { minutes }),
    quarantine: () => get("quarantine"),
    health: () => get("health"),
  };
}

async function request(fetch: typeof globalThis.fetch, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/${path}`, { ...init, credentials: "same-origin" });
  } catch (error) {
    throw new ApiFailure("offline", "", { cause: error });
  }
  if (response.ok || (path === "health" && (await isHealthReport(response.clone())))) return response;
  throw failureOfStatus(response.status, await problemOf(response));
}

/** A server that is failing says so with 503, and says why. */
async function isHealthReport(response: Response): Promise<boolean> {
  const body: unknown = await response.json().catch(() => null);
  return response.status === 503 && body !== null && typeof body === "object" && "checks" in body;
}

function jsonBody(body: object): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function json<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    // Something between us and the server answered in its place: a portal's sign-in page, a proxy.
    throw new ApiFailure("failing", "", { cause: error });
  }
}

/** What the server said of a refusal; empty where something else answered in its place. */
async function problemOf(response: Response) {
  const body: unknown = await response.json().catch(() => null);
  const said = (body ?? {}) as {
    readonly message?: unknown;
    readonly error?: unknown;
    readonly details?: readonly { readonly path: string }[];
  };
  const paths = said.details?.map(({ path }) => path) ?? [];
  return { message: String(said.message ?? ""), code: String(said.error ?? ""), paths };
}

function savedAt(response: Response): number | null {
  const header = response.headers.get(savedAtHeader);
  return header === null ? null : Number(header);
}
