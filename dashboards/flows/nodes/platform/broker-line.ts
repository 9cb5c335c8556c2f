import mqtt from "mqtt";
import type { Trouble } from "./troubles.ts";

/** The line to the platform's broker. What is told while we are away waits there for us. */
export interface BrokerLine {
  /** Listens under a filter; what is retained under it comes again after every connection. Returns the way to stop. */
  listen(filter: string, listener: (topic: string, payload: Buffer) => void): () => void;
  /**
   * Whether this filter is granted on the present connection, so that what waited for us under it has come, too. Waits a while
   * for it.
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

export function openBrokerLine({ url, service, secret, onState }: BrokerLineParts): BrokerLine {
  const listeners = new Map<string, Set<(topic: string, payload: Buffer) => void>>();
  const granted = new Set<string>();
  const waiting = new Set<() => void>();
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
    if (!isAway) onState({ kind: "broker-away", ...(detail !== undefined && { detail }) });
    isAway = true;
  }

  client.on("connect", () => {
    isAway = false;
    onState(null);
    for (const filter of listeners.keys()) subscribe(filter);
  });
  client.on("close", () => tellAway());
  client.on("error", (error) => tellAway(error.message));
  client.on("message", (topic, payload) => {
    for (const [filter, told] of listeners) {
      if (matches(filter, topic)) for (const listener of told) listener(topic, payload);
    }
  });

  function subscribe(filter: string): void {
    client.subscribe(filter, { qos: 1 }, (error, answers) => {
      const isRefused = answers?.some(({ qos }) => (qos as number) >= 128) ?? false;
      if (isRefused || (error && client.connected)) onState({ kind: "not-granted", detail: filter });
      else if (!error) granted.add(filter);
      for (const look of waiting) look();
    });
  }

  return {
    listen(filter, listener) {
      const told = listeners.get(filter) ?? new Set();
      listeners.set(filter, told.add(listener));
      // Also when others listen already: the broker then tells again what is retained.
      if (client.connected) subscribe(filter);
      return () => {
        told.delete(listener);
        if (told.size > 0) return;
        listeners.delete(filter);
        granted.delete(filter);
        if (client.connected) client.unsubscribe(filter);
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
          if (granted.has(filter)) end(true);
        };
        const timer = setTimeout(() => end(false), patienceMs);
        waiting.add(look);
        look();
      }),
    close: () => client.endAsync(true),
  };
}

/** MQTT 3.1.1, 4.7: `+` stands for one level; filters of ours have no `#`. */
function matches(filter: string, topic: string): boolean {
  const wanted = filter.split("/");
  const given = topic.split("/");
  return wanted.length === given.length && wanted.every((level, at) => level === "+" || level === given[at]);
}
