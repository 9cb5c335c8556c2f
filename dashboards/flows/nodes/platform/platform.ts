import { type BrokerLine, openBrokerLine } from "./broker-line.ts";
import { type LiveStream, openLiveStream } from "./live-stream.ts";
import { inWords, type Language, type Trouble } from "./troubles.ts";

export interface Reading {
  readonly quantity: string;
  readonly value: number;
  readonly measuredAtMs: number;
}

export interface Command {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** RFC 3339; after it the device must not begin. */
  readonly expiresAt?: string;
}

export interface PersonalMessage {
  /** The same key again is the same message, and is not told twice. */
  readonly key: string;
  readonly person: string;
  readonly about: string;
  readonly severity: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly advice: { readonly vi: string; readonly en: string };
}

/** Where the platform is, and as whom we come. */
export interface PlatformSettings {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Such as `mqtt://127.0.0.1:1883`. */
  readonly mqttUrl: string;
  readonly service: string;
  readonly secret: string;
  /** Of what nodes say under themselves. */
  readonly language: Language;
  readonly now: () => number;
}

/** The platform, as one service with few rights sees it. Both lines come back by themselves. */
export interface Platform {
  readonly now: () => number;
  /** Tells what is measured from now on, and after a gap the latest value. Returns the way to stop. */
  onReading(device: string, quantity: string, listener: (reading: Reading) => void): () => void;
  listen: BrokerLine["listen"];
  hears: BrokerLine["hears"];
  /** @returns undefined when there is none. @throws PlatformError */
  latest(device: string, quantity: string): Promise<Reading | undefined>;
  /** Resolves when the platform keeps it for the device. @throws PlatformError */
  send(device: string, command: Command): Promise<void>;
  /** Resolves when the platform keeps it for the person; to how many channels. @throws PlatformError */
  tell(message: PersonalMessage): Promise<number>;
  /** Calls back now and whenever it changes: what is wrong with the lines; null: nothing. */
  onState(listener: (problem: string | null) => void): () => void;
  close(): Promise<void>;
}

/** What the platform refused, or that it could not be asked. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  /** Whether the same may be taken later. */
  readonly retryable: boolean;

  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

const timeoutMs = 10_000;

type Watching = { readonly device: string; readonly quantity: string; tell(reading: Reading): void };

export function openPlatform({ url, mqttUrl, service, secret, language, now }: PlatformSettings): Platform {
  const headers = { authorization: `Basic ${Buffer.from(`${service}:${secret}`).toString("base64")}` };
  const api = `${url.replace(/\/$/, "")}/api/v1/automation`;
  const watchers = new Set<Watching>();
  const listeners = new Set<(problem: string | null) => void>();
  const troubles: { broker: Trouble | null; live: Trouble | null } = {
    broker: { kind: "connecting" },
    live: null,
  };
  /** Not opened before somebody wants readings. */
  let live: LiveStream | null = null;
  const line = openBrokerLine({
    url: mqttUrl,
    service,
    secret,
    onState: (trouble) => note("broker", trouble),
  });

  function note(which: keyof typeof troubles, trouble: Trouble | null): void {
    const before = state();
    troubles[which] = trouble;
    const after = state();
    if (after !== before) for (const listener of listeners) listener(after);
  }

  function state(): string | null {
    const trouble = troubles.broker ?? troubles.live;
    return trouble && inWords(trouble, language);
  }

  async function latest(device: string, quantity: string): Promise<Reading | undefined> {
    const answer = await ask(`/devices/${device}/latest`);
    const { latest: all } = (await answer.json()) as { latest: Reading[] };
    return all.find((reading) => reading.quantity === quantity);
  }

  function openLive(): LiveStream {
    return openLiveStream({
      url: `${api}/live`,
      headers,
      onReadings({ device, latest: all }) {
        for (const watching of watchers) {
          if (watching.device !== device) continue;
          const reading = all.find(({ quantity }) => quantity === watching.quantity);
          if (reading === undefined) continue;
          found(watching);
          watching.tell(reading);
        }
      },
      onGap() {
        for (const watching of watchers) tellLatest(watching);
      },
      onState: (because) => note("live", because === null ? null : { kind: "live-away", detail: because }),
    });
  }

  function tellLatest(watching: Watching): void {
    latest(watching.device, watching.quantity).then(
      (reading) => {
        found(watching);
        if (reading && watchers.has(watching)) watching.tell(reading);
      },
      (error: Error) => note("live", { kind: "not-found", detail: `${watching.device}: ${error.message}` }),
    );
  }

  /** What could not be had of this device a while ago is there now. */
  function found({ device }: Watching): void {
    const { live: trouble } = troubles;
    if (trouble?.kind === "not-found" && trouble.detail?.startsWith(`${device}:`)) note("live", null);
  }

  async function ask(path: string, body?: object): Promise<Response> {
    const request = {
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const answer = await fetch(`${api}${path}`, request).catch((error: Error) => {
      throw new PlatformError(`the platform does not answer: ${error.message}`, true);
    });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { message?: string };
    const retryable = answer.status >= 500 || answer.status === 429;
    throw new PlatformError(problem.message ?? `HTTP ${answer.status}`, retryable);
  }

  return {
    now,
    latest,
    listen: line.listen,
    hears: line.hears,
    onReading(device, quantity, tell) {
      const watching: Watching = { device, quantity, tell };
      watchers.add(watching);
      if (live === null) live = openLive();
      else tellLatest(watching);
      return () => void watchers.delete(watching);
    },
    async send(device, command) {
      await ask(`/devices/${device}/commands`, command);
    },
    async tell(message) {
      const answer = await ask("/messages", message);
      return ((await answer.json()) as { channels: number }).channels;
    },
    onState(listener) {
      listeners.add(listener);
      listener(state());
      return () => void listeners.delete(listener);
    },
    async close() {
      live?.close();
      await line.close();
    },
  };
}
