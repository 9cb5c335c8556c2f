import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Broker, BrokerUsage, Log, PresenceListener } from "../../broker/index.ts";
import {
  errorOf,
  type FromFrontDoor,
  type FrontDoorStart,
  type Ports,
  type ToFrontDoor,
} from "./messages.ts";

/** The broker in a thread of its own, as the others see it: it ticks by itself, and its usage is a moment old. */
export type FrontDoor = Omit<Broker, "tick">;

export interface FrontDoorParts extends FrontDoorStart {
  readonly log: Log;
}

/** @throws what `openBroker` throws, with the operating system's code, port and address */
export async function openFrontDoor({ log, ...start }: FrontDoorParts): Promise<FrontDoor> {
  const thread = new Worker(new URL("./front-door-thread.ts", import.meta.url), {
    workerData: start,
    transferList: [start.inlet.port],
    resourceLimits: youngGeneration,
  });
  // No listener for "error": a front door that throws has a bug, and ends the process instead of standing shut.
  const opened = Promise.withResolvers<Ports>();
  const present = createPresent();
  const publishing = createPublishing(thread);
  let usage: BrokerUsage | null = null;
  let closed: Promise<void> | null = null;

  thread.on("message", (message: FromFrontDoor) => {
    if (message === "closed") return;
    if ("presence" in message) present.take(message.presence);
    else if ("usage" in message) usage = message.usage;
    else if ("published" in message) publishing.settle(message);
    else if ("log" in message) log[message.log](message.fields, message.message);
    else if ("open" in message) opened.resolve(message.open);
    else opened.reject(errorOf(message.failed));
  });

  async function close(): Promise<void> {
    const exited = once(thread, "exit");
    thread.postMessage("close" satisfies ToFrontDoor);
    await exited;
    publishing.giveUp();
  }

  return {
    ...(await opened.promise),
    publish: publishing.publish,
    connected: (device) => present.has(device),
    connectedDevices: () => present.size,
    onPresence: (listener) => present.onChange(listener),
    disconnect(deviceOrService, reason) {
      thread.postMessage({ disconnect: deviceOrService, reason } satisfies ToFrontDoor);
    },
    usage: () => usage!,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/**
 * Packets of a node live for the few milliseconds of one fsync: a young generation that holds some hundred milliseconds of
 * them lets them die there. Larger ones take memory that is never given back; smaller ones copy what is still alive.
 */
const youngGeneration = { maxYoungGenerationSizeMb: 24 };

/** Which devices are connected, as the thread told. */
function createPresent() {
  const connected = new Set<string>();
  const listeners = new Set<PresenceListener>();
  return {
    has: (device: string) => connected.has(device),
    get size() {
      return connected.size;
    },
    onChange(listener: PresenceListener) {
      const own: PresenceListener = (...change) => listener(...change);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    take(changes: Extract<FromFrontDoor, { presence: unknown }>["presence"]) {
      for (const { device, connected: isConnected, atMs } of changes) {
        if (isConnected) connected.add(device);
        else connected.delete(device);
        for (const listener of listeners) listener(device, isConnected, atMs);
      }
    },
  };
}

/** Messages on their way out, by number. */
function createPublishing(thread: Worker) {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let last = 0;
  const publish: Broker["publish"] = (topic, payload, options = {}) => {
    const published = Promise.withResolvers<void>();
    waiting.set(++last, published);
    thread.postMessage({ publish: last, topic, payload, options } satisfies ToFrontDoor);
    return published.promise;
  };
  return {
    publish,
    settle({ published, failure }: Extract<FromFrontDoor, { published: number }>) {
      const asked = waiting.get(published)!;
      waiting.delete(published);
      if (failure === null) asked.resolve();
      else asked.reject(errorOf(failure));
    },
    giveUp() {
      for (const { reject } of waiting.values()) reject(new Error("the broker was closed"));
      waiting.clear();
    },
  };
}
