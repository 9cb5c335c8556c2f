import { normalizeIP } from "@fastify/rate-limit";

export interface SignInAttempts {
  /**
   * Counts one attempt before the password is looked at, so that a thousand attempts at once are still a thousand.
   * @returns how long to wait, in milliseconds; 0 means go ahead
   */
  begin(name: string, address: string, nowMs: number): number;
  /** The password was right: what was counted against this name from this address is forgotten. */
  succeeded(name: string, address: string): void;
  /** Attempts that were refused without a look at the password, since the start. */
  refused(): number;
}

export interface AttemptLimits {
  /** For one name from one address. A name as a whole has ten times as many: else a stranger could lock its owner out. */
  readonly attempts: number;
  readonly attemptsPerAddress: number;
  readonly windowMs: number;
}

interface Count {
  made: number;
  readonly endsAtMs: number;
}

/** Above this many names and addresses the oldest counts are forgotten: memory must not grow with the attack. */
const mostCounts = 20_000;

/** Guards passwords against guessing: so many attempts in a window of time, then the window has to pass. */
export function createSignInAttempts(limits: AttemptLimits): SignInAttempts {
  const counts = new Map<string, Count>();
  let refused = 0;

  function keysOf(name: string, address: string) {
    const who = name.normalize("NFC").toLowerCase();
    // A household or an attacker has a whole /64 of IPv6: it counts as one address.
    const where = normalizeIP(address, 64);
    return [
      { key: `both ${where} ${who}`, most: limits.attempts },
      { key: `name ${who}`, most: limits.attempts * 10 },
      { key: `address ${where}`, most: limits.attemptsPerAddress },
    ];
  }

  function countOf(key: string, nowMs: number): Count {
    const known = counts.get(key);
    if (known !== undefined && known.endsAtMs > nowMs) return known;
    const fresh = { made: 0, endsAtMs: nowMs + limits.windowMs };
    counts.delete(key);
    counts.set(key, fresh);
    if (counts.size > mostCounts) counts.delete(counts.keys().next().value as string);
    return fresh;
  }

  return {
    begin(name, address, nowMs) {
      const open = keysOf(name, address).map(({ key, most }) => ({ count: countOf(key, nowMs), most }));
      const waitMs = Math.max(
        ...open.map(({ count, most }) => (count.made < most ? 0 : count.endsAtMs - nowMs)),
      );
      if (waitMs > 0) refused += 1;
      else for (const { count } of open) count.made += 1;
      return waitMs;
    },
    succeeded(name, address) {
      const [both, , byAddress] = keysOf(name, address);
      counts.delete(both!.key);
      const shared = counts.get(byAddress!.key);
      if (shared !== undefined && shared.made > 0) shared.made -= 1;
    },
    refused: () => refused,
  };
}
