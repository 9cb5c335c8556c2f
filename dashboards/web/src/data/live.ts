import type { LiveEvent } from "../../../../app/http/shapes.ts";
import { createValue, type Value } from "./value.ts";

/** How the page hears from the server: not yet, all the time, or not any more. */
export type Connection = "connecting" | "live" | "retrying";

/** The part of the browser's `EventSource` that is used. */
export interface EventStream {
  addEventListener(name: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
}

export interface LiveParts {
  openStream(): EventStream;
  /** Runs `work` once after `delayMs`; returns the way to give it up. */
  after(delayMs: number, work: () => void): () => void;
  random(): number;
}

export interface Live {
  readonly connection: Value<Connection>;
  onEvent(listener: (event: LiveEvent) => void): void;
  start(): void;
  /** Tries now instead of waiting: the network is back, or somebody is looking again. Does nothing while it is live. */
  hurry(): void;
  stop(): void;
}

const eventNames = ["readings", "device", "alert", "resync"] as const satisfies readonly LiveEvent["type"][];
const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
// A phone that changed from one mast to another may hold a dead connection open for ever without an error.
const quietMs = 5 * 60_000;

/**
 * The live stream, opened again by our own rule whenever it ends: the browser's own gives up for good after an answer
 * such as 503, which a server that is just starting gives.
 */
export function createLive({ openStream, after, random }: LiveParts): Live {
  const connection = createValue<Connection>("connecting");
  const listeners: ((event: LiveEvent) => void)[] = [];
  let stream: EventStream | null = null;
  let failures = 0;
  let forget = () => {};

  const plan = (delayMs: number, work: () => void) => {
    forget();
    forget = after(delayMs, work);
  };
  const open = () => {
    stream?.close();
    const opened = openStream();
    stream = opened;
    const heard = () => plan(quietMs, lost);
    opened.addEventListener("open", () => {
      failures = 0;
      connection.set("live");
      heard();
    });
    opened.addEventListener("error", () => {
      if (stream === opened) lost();
    });
    for (const name of eventNames) {
      opened.addEventListener(name, ({ data }) => {
        heard();
        const event = JSON.parse(String(data)) as LiveEvent;
        for (const listener of listeners) listener(event);
      });
    }
  };
  const lost = () => {
    stream?.close();
    stream = null;
    connection.set("retrying");
    plan(retryDelayMs(failures++, random()), open);
  };

  return {
    connection,
    onEvent: (listener) => void listeners.push(listener),
    start: open,
    hurry() {
      if (connection.get() === "live") return;
      forget();
      open();
    },
    stop() {
      forget();
      stream?.close();
      stream = null;
    },
  };
}

/** Doubles up to half a minute; spread out, so that a server that comes back is not met by every page at once. */
export function retryDelayMs(failures: number, random: number): number {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return delayMs * (0.5 + random / 2);
}
