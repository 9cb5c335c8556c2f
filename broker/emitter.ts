import { FilterIndex } from "./matching/filter-index.ts";

type Message = { readonly topic: string };
type Listener = (message: Message, done: () => void) => void;
type Done = (error?: Error) => void;

/**
 * Who is connected and listens to what: Aedes' `mq`.
 *
 * It waits for nobody. Aedes' own emitter delivers at most 100 messages at a time and queues the rest, so one receiver
 * that stops reading holds up everybody for up to `drainTimeout`; here it only fills its own socket's buffer, and is
 * cut when that is full. Removing a listener takes effect at once: a client that closes is gone before its successor
 * registers.
 */
export interface Emitter {
  /** Whether anybody connected listens to this topic. */
  wants(topic: string): boolean;
  on(filter: string, listener: Listener, done?: Done): this;
  removeListener(filter: string, listener: Listener, done?: Done): this;
  emit(message: Message, done?: Done): this;
  close(done?: Done): this;
}

export function createEmitter(): Emitter {
  const listeners = new FilterIndex<Listener>();
  let closed = false;
  return {
    wants: (topic) => listeners.wants(topic),
    on(filter, listener, done) {
      listeners.add(filter, listener);
      done?.();
      return this;
    },
    removeListener(filter, listener, done) {
      listeners.remove(filter, listener);
      done?.();
      return this;
    },
    emit(message, done) {
      if (closed) {
        done?.(new Error("the broker is closed"));
        return this;
      }
      const matching = listeners.match(message.topic);
      // Whoever has several filters that match gets it once.
      for (const listener of matching.length > 1 ? new Set(matching) : matching) listener(message, ignore);
      done?.();
      return this;
    },
    close(done) {
      closed = true;
      done?.();
      return this;
    },
  };
}

function ignore(): void {}
