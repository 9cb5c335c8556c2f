import { setTimeout as wait } from "node:timers/promises";

const firstWaitMs = 1000;
const longestWaitMs = 60_000;

/**
 * Listens over and over until it is stopped: `round` waits for what people send and hands it on. After a failure it waits a
 * second, then twice as long each time, up to a minute; after a minute without one it begins with a second again.
 * @returns the way to stop, which resolves when the last round has ended
 */
export function keepListening(
  round: (signal: AbortSignal) => Promise<void>,
  tellTrouble: (error: unknown, waitMs: number) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = listen();
  return () => {
    stopping.abort();
    return ended;
  };

  async function listen(): Promise<void> {
    let waitMs = firstWaitMs;
    while (!signal.aborted) {
      const steady = setTimeout(() => {
        waitMs = firstWaitMs;
      }, longestWaitMs);
      steady.unref();
      try {
        await round(signal);
        waitMs = firstWaitMs;
      } catch (error) {
        if (signal.aborted) return;
        tellTrouble(error, waitMs);
        await wait(waitMs, undefined, { signal }).catch(() => {});
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      } finally {
        clearTimeout(steady);
      }
    }
  }
}
