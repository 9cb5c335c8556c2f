import type { Position } from "./journal/journal.ts";

/** One of those who go the same way. */
export interface Walker {
  readonly position: Position;
  /** Whether it stands still because something keeps it from going on: nobody waits for it. */
  readonly isFailing: boolean;
}

/**
 * Keeps those together who follow the journal far behind its end. What one of them has read and decoded the others
 * find in memory while they are near; each on its own would read and decode everything again, and together they would
 * fall back further.
 *
 * Nobody waits for long: whoever is slow for a reason of its own (a database that is far away) is left behind.
 */
export interface Pace {
  join(walker: Walker): PaceMember;
}

export interface PaceMember {
  /** Resolves when the last of the others is near, or after `mostMs`. */
  together(mostMs: number): Promise<void>;
  /** To be told after each step. */
  moved(): void;
  leave(): void;
}

interface PaceParts {
  /** How many uplinks the first may be before the last; fewer than the decoder remembers. */
  readonly within: number;
  /** Told now and then what everybody has left behind, for those who keep it in memory. */
  allPassed?(position: Position): void;
}

/** Uplinks between two tellings. */
const tellEvery = 256;

export function createPace({ within, allPassed }: PaceParts): Pace {
  const walkers = new Set<Walker>();
  let told = 0;
  const waiting = new Set<() => void>();

  const isNear = (walker: Walker) => {
    for (const other of walkers)
      if (!other.isFailing && walker.position - other.position > within) return false;
    return true;
  };
  const tellPassed = () => {
    let last = Number.POSITIVE_INFINITY;
    for (const { position, isFailing } of walkers) if (!isFailing) last = Math.min(last, position);
    // One that goes back, or is back at work, is told as well: what it needs is read anew.
    if (last === Number.POSITIVE_INFINITY || Math.abs(last - told) < tellEvery) return;
    told = last;
    allPassed?.(last);
  };
  const wake = () => {
    for (const look of waiting) look();
    if (allPassed !== undefined) tellPassed();
  };

  return {
    join(walker) {
      walkers.add(walker);
      return {
        together(mostMs) {
          if (isNear(walker)) return Promise.resolve();
          return new Promise((resolve) => {
            const look = () => {
              if (!isNear(walker)) return;
              waiting.delete(look);
              clearTimeout(timer);
              resolve();
            };
            const timer = setTimeout(() => {
              waiting.delete(look);
              resolve();
            }, mostMs);
            waiting.add(look);
          });
        },
        moved: wake,
        leave() {
          walkers.delete(walker);
          wake();
        },
      };
    },
  };
}
