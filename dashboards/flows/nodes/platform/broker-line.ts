import mqtt from "mqtt";
import type { Trouble } from "./troubles.ts";

/** The line to the platform's broker. What is told while we are away waits there for us. */
export interface BrokerLine {
  /** Listens under a filter; what is retained under it comes again after every connection. Returns the way to stop. */
  listen(filter: string, listener: (topic: string, payload: Buffer) => void): () => void;
  /**
   * Whether this filter is granted on the present connection and what waited for us at the broker has come, too. Waits a while
   * for both.
   */
  hears(filter: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface BrokerLineParts {
  readonly url: string;
  readonly service: string;
  readonly secret: string;
  /** @param trouble null while all that is listened to is granted */
  readonly onState: (trouble: Trouble | null) => void;
}

const patienceMs = 15_000;
/** What waited comes in one go after the connection; such a pause, and it is through. */
const quietMs = 1_000;

export function openBrokerLine({ url, service, secret, onState }: BrokerLineParts): BrokerLine {
  const listeners = new Map<string, Set<(topic: string, payload: Buffer) => void>>();
  const granted = new Set<string>();
  const waiting = new Set<() => void>();
  const lookAgain = () => {
    for (const look of waiting) look();
  };
  let hasCaughtUp = false;
  let catchingUp: NodeJS.Timeout | undefined;
  function catchUp(): void {
    clearTimeout(catchingUp);
    catchingUp = setTimeout(() => {
      hasCaughtUp = true;
      lookAgain();
    }, quietMs);
  }

  const client = mqtt.connect(url, {
    // Always the same, so that the session is found again.
    clientId: "flows",
    username: service,
    password: secret,
    clean: false,
    resubscribe: false,
    reconnectPeriod: 3_000,
    connectTimeout: 10_000,
    keepalive: 30,
  });
  /** Told once, not at every attempt. */
  let isAway = false;
  function tellAway(detail?: string): void {
    granted.clear();
    clearTimeout(catchingUp);
    hasCaughtUp = false;
    if (!isAway) onState({ kind: "broker-away", ...(detail !== undefined && { detail }) });
    isAway = true;
  }

  client.on("connect", () => {
    isAway = false;
    onState(null);
    catchUp();
    for (const filter of listeners.keys()) subscribe(filter);
  });
  client.on("close", () => tellAway());
  client.on("error", (error) => tellAway(error.message));
  client.on("message", (topic, payload) => {
    if (!hasCaughtUp) catchUp();
    for (const [filter, told] of listeners) {
      if (matches(filter, topic)) for (const listener of told) listener(topic, payload);
    }
  });

  function subscribe(filter: string): void {
    client.subscribe(filter, { qos: 1 }, (error, answers) => {
      const isRefused = answers?.some(({ qos }) => (qos as number) >= 128) ?? false;
      if (isRefused || (error && client.connected)) onState({ kind: "not-granted", detail: filter });
      else if (!error) granted.add(filter);
      lookAgain();
    });
  }

  return {
    listen(filter, listener) {
      const told = listeners.get(filter) ?? new Set();
      listeners.set(filter, told.add(listener));
      // Also when others listen already: the broker then tells again what is retained.
      if (client.connected) subscribe(filter);
      return () => {
        // The session keeps the subscription: what is told while flows are stopped or replaced must wait for them.
        told.delete(listener);
        if (told.size === 0) listeners.delete(filter);
      };
    },
    hears: (filter) =>
      new Promise((resolve) => {
        const end = (hears: boolean) => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(hears);
        };
        const look = () => {
          if (hasCaughtUp && granted.has(filter)) end(true);
        };
        const timer = setTimeout(() => end(false), patienceMs);
        waiting.add(look);
        look();
      }),
    async close() {
      clearTimeout(catchingUp);
      await client.endAsync(true);
    },
  };
}

/** MQTT 3.1.1, 4.7: `+` stands for one level; filters of ours have no `#`. */
function matches(filter: string, topic: string): boolean {
  const wanted = filter.split("/");
  const given = topic.split("/");
  return wanted.length === given.length && wanted.every((level, at) => level === "+" || level === given[at]);
}
