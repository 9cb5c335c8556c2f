export interface SimClock {
  /** Simulated time, milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** Whether it has caught up with real time, and goes with it since. */
  readonly isLive: boolean;
  /** Goes on with real time; returns the simulated time to go to. */
  advance(nowMs: number): number;
  /** Goes back to this time: the world could not follow. */
  holdAt(atMs: number): void;
}

/**
 * Simulated time. It begins in the past or now, goes `speed` times as fast as real time, and never passes it: what a
 * node measures tomorrow, no server should believe.
 */
/** What is left of a catching up is jumped over, or a start a moment ago would never become now. */
const closeEnoughMs = 1_000;

export function createSimClock(startMs: number, speed: number, nowMs: number): SimClock {
  let atMs = Math.min(startMs, nowMs);
  let lastNowMs = nowMs;
  return {
    get atMs() {
      return atMs;
    },
    get isLive() {
      return atMs >= lastNowMs;
    },
    advance(now) {
      // The machine's clock may be set back, and ours with it.
      const passedMs = Math.max(0, now - lastNowMs);
      lastNowMs = now;
      atMs += passedMs * speed;
      if (atMs > now - closeEnoughMs) atMs = now;
      return atMs;
    },
    holdAt(heldMs) {
      atMs = heldMs;
    },
  };
}
