/** What is true at a site now, by the catalogue's names and in its units. */
export type Truth = Readonly<Record<string, number>>;

/**
 * A piece of the world that nodes stand in. It goes forward in steps of its own, so that what is true at a time does not
 * depend on who asked before.
 */
export interface Site {
  /** Goes on to this time; never back. */
  advanceTo(atMs: number): void;
  truthAt(atMs: number): Truth;
  /** What can be switched on here, such as `irrigate`. */
  readonly actions: readonly string[];
  /** Switches it on from the time reached until `untilMs`. */
  switchOn(action: string, untilMs: number): void;
}

const hourMs = 3_600_000;
const stepMs = 5 * 60_000;
/** Before the start, coarse steps are enough for the site to forget where it began. */
const runUpStepMs = hourMs;
/** The last of them are fine ones, so that nothing jumps at the start. */
const fineRunUpMs = 3 * hourMs;

/** A site as its kind describes it: how it changes within `hours` that end at `atMs`. */
export interface SiteModel {
  readonly action: string;
  readonly runUpHours: number;
  step(atMs: number, hours: number, on: boolean): void;
  truthAt(atMs: number): Truth;
}

export function createSite(model: SiteModel, startMs: number): Site {
  let reachedMs = Math.floor(startMs / hourMs) * hourMs - model.runUpHours * hourMs;
  let onUntilMs = Number.NEGATIVE_INFINITY;

  return {
    actions: [model.action],
    advanceTo(atMs) {
      for (;;) {
        const nextMs = reachedMs + (reachedMs + runUpStepMs <= startMs - fineRunUpMs ? runUpStepMs : stepMs);
        if (nextMs > atMs) return;
        model.step(nextMs, (nextMs - reachedMs) / hourMs, nextMs <= onUntilMs);
        reachedMs = nextMs;
      }
    },
    truthAt: (atMs) => model.truthAt(atMs),
    switchOn(_action, untilMs) {
      // Ends with the step in which the time falls, so that the shortest run is felt.
      onUntilMs = Math.max(onUntilMs, Math.ceil(untilMs / stepMs) * stepMs);
    },
  };
}
