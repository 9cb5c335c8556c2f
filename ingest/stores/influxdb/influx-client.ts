import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { InfluxError } from "./influx-error.ts";
import type { InfluxSettings } from "./settings.ts";

export type Cell = string | number | boolean | null;

/** One series of an answer, or a part of it: more with the same name and tags may follow. */
export interface Series {
  /** Which of the statements asked for it. */
  readonly statement: number;
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What a request to write came to, where it is not a failure. */
export type Written =
  | { readonly outcome: "stored" }
  /** Some or all points were refused for what they are; the others are stored. */
  | { readonly outcome: "points-refused"; readonly words: string; readonly dropped: number | null }
  | { readonly outcome: "too-large"; readonly words: string };

/** The four requests that we make of an InfluxDB. Each is made once: trying again is for the caller. */
export interface InfluxClient {
  /** @throws InfluxError */
  write(lines: readonly string[]): Promise<Written>;
  /** Statements of InfluxQL, separated by semicolons. Series come as they arrive. @throws InfluxError */
  query(statements: string): AsyncGenerator<Series>;
  /** The same for an answer that is small. */
  ask(statements: string): Promise<Series[]>;
  /** A request to the HTTP API of version 2. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What the server says of its version. */
  ping(): Promise<string>;
}

const compress = promisify(gzip);
/** Words of 1.x and 2.x for points that are refused for what they are. Any other 400 says that the request is wrong. */
const aboutPoints =
  /partial write|unable to parse|poorly formed|field type conflict|(beyond|outside) (the )?retention/i;
/** Databases and users are made by administrators. */
const adminsAlone = /requires? admin privilege/i;
/** A limit of the server's configuration: the points are good, and somebody can raise it. */
const aboutLimits = /limit exceeded/i;
const mostWords = 1_000;
const rowsAChunk = 5_000;
const mostRetryAfterMs = 3_600_000;

export function createInfluxClient(
  settings: InfluxSettings,
  { now }: { readonly now: () => number },
): InfluxClient {
  const { url, database, timeoutMs, queryTimeoutMs } = settings;
  const host = new URL(url).host;
  const authorization = authorizationOf(settings);
  const target = writeTarget(settings);

  async function send(path: string, init: RequestInit, mostMs: number): Promise<Response> {
    try {
      return await fetch(url + path, {
        ...init,
        headers: { "User-Agent": "canhdong", ...authorization, ...init.headers },
        // Credentials are for this host.
        redirect: "manual",
        signal: AbortSignal.timeout(mostMs),
      });
    } catch (cause) {
      throw notReached(cause, host, mostMs);
    }
  }

  async function wordsOf(answer: Response): Promise<string> {
    const said = await answer.text().catch(() => "");
    return (
      withoutSecrets(wordsIn(said), settings).slice(0, mostWords) || answer.statusText || "without a word"
    );
  }

  async function refusalOf(answer: Response): Promise<InfluxError> {
    return refused(answer, await wordsOf(answer), settings, now());
  }

  async function written(text: string): Promise<RequestInit> {
    const headers = { "Content-Type": "text/plain; charset=utf-8" };
    if (!settings.compress) return { method: "POST", headers, body: text };
    const body = await compress(text, { level: constants.Z_BEST_SPEED });
    return { method: "POST", headers: { ...headers, "Content-Encoding": "gzip" }, body };
  }

  async function* query(statements: string): AsyncGenerator<Series> {
    const path = `/query?${new URLSearchParams({ db: database, epoch: "ms", chunked: "true", chunk_size: String(rowsAChunk) })}`;
    const body = new URLSearchParams({ q: statements });
    const answer = await send(path, { method: "POST", body }, queryTimeoutMs);
    if (!answer.ok || answer.body === null) throw await refusalOf(answer);
    try {
      // A chunk is a line; a server that knows no chunks answers with a single one.
      for await (const line of createInterface({ input: Readable.fromWeb(answer.body as never) })) {
        if (line.trim() !== "") yield* seriesIn(line);
      }
    } catch (cause) {
      throw cause instanceof InfluxError ? cause : notReached(cause, host, queryTimeoutMs);
    }
  }

  return {
    async write(lines) {
      const answer = await send(target, await written(lines.join("\n")), timeoutMs);
      // An answer that is not read keeps its connection.
      if (answer.status === 204 || answer.status === 200 || answer.status === 201) {
        await answer.text().catch(() => "");
        return { outcome: "stored" };
      }
      const words = await wordsOf(answer);
      if (answer.status === 413) return { outcome: "too-large", words };
      const isAboutPoints = (answer.status === 400 || answer.status === 422) && aboutPoints.test(words);
      if (isAboutPoints && !aboutLimits.test(words))
        return { outcome: "points-refused", words, dropped: droppedIn(words) };
      throw refused(answer, words, settings, now());
    },

    query,

    async ask(statements) {
      const found: Series[] = [];
      for await (const series of query(statements)) found.push(series);
      return found;
    },

    async api(method, path, body) {
      const headers = { "Content-Type": "application/json" };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await send(path, init, timeoutMs);
      if (!answer.ok) throw await refusalOf(answer);
      // What is deleted is not told again.
      return answer.status === 204 ? null : answer.json();
    },

    async ping() {
      const answer = await send("/ping", {}, timeoutMs);
      await answer.text().catch(() => "");
      if (!answer.ok) throw refused(answer, answer.statusText, settings, now());
      return answer.headers.get("x-influxdb-version") ?? "of a version it does not tell";
    },
  };
}

function authorizationOf({ token, username, password }: InfluxSettings): Record<string, string> {
  if (token !== undefined) return { Authorization: `Token ${token}` };
  if (username === undefined) return {};
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

function writeTarget({ api, database, organisation }: InfluxSettings): string {
  return api === "v2"
    ? `/api/v2/write?${new URLSearchParams({ org: organisation ?? "", bucket: database, precision: "ms" })}`
    : `/write?${new URLSearchParams({ db: database, precision: "ms" })}`;
}

function* seriesIn(line: string): Generator<Series> {
  const { results = [], error } = JSON.parse(line) as Answer;
  if (error !== undefined)
    throw new InfluxError(`InfluxDB did not understand: ${error}`, { retryable: false });
  for (const { statement_id = 0, series = [], error } of results) {
    if (error !== undefined) throw new InfluxError(`InfluxDB did not answer: ${error}`, { retryable: false });
    for (const { name, tags = {}, columns, values = [] } of series)
      yield { statement: statement_id, measurement: name, tags, columns, rows: values };
  }
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly statement_id?: number;
    readonly error?: string;
    readonly series?: readonly {
      readonly name: string;
      readonly tags?: Record<string, string>;
      readonly columns: string[];
      readonly values?: Cell[][];
    }[];
  }[];
}

/** 1.x says `{"error": …}`, 2.x `{"code": …, "message": …}`, a proxy whatever it likes. */
function wordsIn(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: string; message?: string };
    return error ?? message ?? body;
  } catch {
    return body.trim();
  }
}

/** There are servers that repeat what they were sent. */
function withoutSecrets(words: string, { token, password }: InfluxSettings): string {
  return [token, password].reduce<string>(
    (text, secret) => (secret === undefined ? text : text.replaceAll(secret, "…")),
    words,
  );
}

/** How many points of the request the server says it has left out. */
function droppedIn(words: string): number | null {
  const dropped = /dropped=(\d+)/.exec(words)?.[1];
  return dropped === undefined ? null : Number(dropped);
}

function notReached(cause: unknown, host: string, mostMs: number): InfluxError {
  if (cause instanceof Error && cause.name === "TimeoutError")
    return new InfluxError(`InfluxDB at ${host} did not answer within ${mostMs} ms`, {
      retryable: true,
      cause,
    });
  const { code } = ((cause as Error).cause ?? cause ?? {}) as { code?: string };
  return new InfluxError(`InfluxDB at ${host} cannot be reached${code ? ` (${code})` : ""}`, {
    retryable: true,
    cause,
  });
}

function refused(answer: Response, words: string, settings: InfluxSettings, nowMs: number): InfluxError {
  const { status } = answer;
  const retryable = status >= 429 || status === 408;
  const retryAfterMs = retryAfter(answer.headers.get("retry-after"), nowMs);
  const advice = adviceFor(status, words, settings);
  const message = `InfluxDB refuses (${status}: ${words})${advice === "" ? "" : `: ${advice}`}`;
  return new InfluxError(message, { status, retryAfterMs, retryable });
}

function adviceFor(status: number, words: string, { api, database, token }: InfluxSettings): string {
  const who = token === undefined ? "user name and password" : "token";
  if (status === 401)
    return `put the ${who} right (readings.influxdb), which may have expired; nothing is lost meanwhile`;
  if (adminsAlone.test(words))
    return "only an administrator of InfluxDB may: give the configuration such a user name for this command";
  if (status === 403) return `let the ${who} read and write ${database}; nothing is lost meanwhile`;
  if (status === 404 && /not found: /.test(words)) return `make ${database}: canhdong influx init`;
  if (status === 404) {
    const other =
      api === "v2" ? "an InfluxDB 1 needs readings.influxdb.api: v1" : "is readings.influxdb.url right?";
    return `make ${database} (canhdong influx init), or it is no such server: ${other}`;
  }
  if (aboutLimits.test(words)) return "raise that limit in the configuration of InfluxDB";
  return "";
}

/** RFC 9110 §10.2.3: seconds, or a date. At most an hour is believed. */
function retryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), mostRetryAfterMs) : undefined;
}
