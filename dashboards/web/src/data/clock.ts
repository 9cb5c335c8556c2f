import { createValue, type Value } from "./value.ts";

/**
 * The time by the server's clock. Ages are told by it: a phone whose own clock is off by an hour would call a silent pond
 * fresh.
 */
export interface Clock {
  /** Milliseconds since 1970 UTC; moves at each tick. */
  readonly nowMs: Value<number>;
  tick(): void;
  /** Told whenever the server says what time it is. */
  correct(serverNowMs: number): void;
  /** Server time of a moment that this browser's clock measured. */
  fromBrowser(browserMs: number): number;
}

/** @param now this browser's clock, milliseconds since 1970 UTC */
export function createClock(now: () => number): Clock {
  let aheadMs = 0;
  const nowMs = createValue(now());
  const tick = () => nowMs.set(now() + aheadMs);
  return {
    nowMs,
    tick,
    correct(serverNowMs) {
      aheadMs = serverNowMs - now();
      tick();
    },
    fromBrowser: (browserMs) => browserMs + aheadMs,
  };
}
