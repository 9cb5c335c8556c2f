/** Uplinks that stand in the journal for longer than this say that we are catching up, not keeping up. */
const mostLagMs = 60_000;
/** The owner of the clock ticks about once a second. A longer pause is a stopped machine, a suspended one or a clock put right. */
const longestPauseMs = 300_000;

/** Knows since when we have been able to hear devices: what we did not listen to, nobody was silent in. */
export interface Listening {
  /**
   * Server time up to which everything that arrived has been heard; null while we are catching up.
   * @param heardUpToMs arrival of the newest uplink handled, or `nowMs` when nothing waits in the journal
   */
  tick(nowMs: number, heardUpToMs: number): number | null;
  /** Server time since when we listen without a break. */
  readonly sinceMs: number;
}

export function createListening(): Listening {
  let sinceMs: number | null = null;
  let tickedAtMs: number | null = null;
  return {
    tick(nowMs, heardUpToMs) {
      if (tickedAtMs !== null && Math.abs(nowMs - tickedAtMs) > longestPauseMs) sinceMs = null;
      tickedAtMs = nowMs;
      if (nowMs - heardUpToMs > mostLagMs) {
        sinceMs = null;
        return null;
      }
      sinceMs ??= nowMs;
      return heardUpToMs;
    },
    get sinceMs() {
      return sinceMs ?? Number.POSITIVE_INFINITY;
    },
  };
}
