import { openAir } from "./open-air.ts";
import type { Sky, Weather } from "./sky/weather.ts";

/** What is true at a site now, by the catalogue's names and in its units. */
export type Truth = Readonly<Record<string, number>>;

/**
 * A piece of the world that nodes stand in. It goes forward in steps of its own; looking at it changes nothing, so what
 * is true at a time does not depend on who asked before, only on what was done.
 */
export interface Site {
  /** Goes on to this time; never back. */
  advanceTo(atMs: number): void;
  /**
   * What is true at this time, which lies after what was advanced to by less than a step, or earlier calls' times.
   * @param depthCm of the probe in soil or water, where it matters; else the usual one
   */
  truthAt(atMs: number, depthCm?: number): Truth;
  /** What can be switched on here, such as `irrigate`. */
  readonly actions: readonly string[];
  /** Switches it on from the time advanced to until `untilMs`. RangeError when it is not one of `actions`. */
  switchOn(action: string, untilMs: number): void;
  /** What can be put in at once, its unit at the end of the name, such as `irrigationMm`. */
  readonly inputs: readonly string[];
  /** Puts it in at the time advanced to. RangeError when it is not one of `inputs`, or the amount cannot be. */
  put(input: string, amount: number): void;
  /** No electricity from the time advanced to until `untilMs`: pumps, fans and aerators stand still. */
  cutPower(untilMs: number): void;
}

/** A short time in which the sky is taken as it is at the middle of it. */
export interface Stretch {
  readonly middleMs: number;
  readonly hours: number;
  readonly sky: Sky;
  readonly rainMm: number;
  readonly weather: Weather;
  readonly isPowered: boolean;
  isOn(action: string): boolean;
}

/** A kind of site: how its state follows from the one before. A state is never changed, only followed by another. */
export interface SiteModel<State> {
  readonly actions: readonly string[];
  readonly inputs: readonly string[];
  /** How long before the start it begins to live, so that it forgets where it began. */
  readonly runUpHours: number;
  readonly start: State;
  step(state: State, stretch: Stretch): State;
  /** RangeError when there cannot be so much, or so little, of it. */
  put(state: State, input: string, amount: number): State;
  truth(state: State, atMs: number, sky: Sky, depthCm: number | undefined): Truth;
  /** Whether probes stand in the open, so that sky and rain are true here, too. */
  readonly isOpen: boolean;
}

const hourMs = 3_600_000;
const stepMs = hourMs / 6;
/** Before the start, coarse steps will do; the last of them are fine ones, so that nothing jumps at the start. */
const coarseMs = hourMs;
const fineRunUpMs = 3 * hourMs;

export function createSite<State>(model: SiteModel<State>, weather: Weather, startMs: number): Site {
  let reachedMs = Math.floor(startMs / hourMs) * hourMs - model.runUpHours * hourMs;
  let askedMs = startMs;
  let state = model.start;
  let rainMm = 0;
  let unpoweredUntilMs = Number.NEGATIVE_INFINITY;
  const onUntilMs = new Map<string, number>();
  /** When the last of what was switched on or cut ends. */
  let lastEndMs = Number.NEGATIVE_INFINITY;
  const isOn = (action: string) => (onUntilMs.get(action) ?? Number.NEGATIVE_INFINITY) > reachedMs;

  function stretchTo(toMs: number): Stretch {
    const middleMs = (reachedMs + toMs) / 2;
    return {
      middleMs,
      hours: (toMs - reachedMs) / hourMs,
      sky: weather.at(middleMs),
      rainMm: weather.rainMm(reachedMs, toMs),
      weather,
      isPowered: unpoweredUntilMs <= reachedMs,
      isOn,
    };
  }

  function stepTo(toMs: number): void {
    if (toMs <= reachedMs) return;
    const stretch = stretchTo(toMs);
    state = model.step(state, stretch);
    if (toMs > startMs) rainMm += stretch.rainMm;
    reachedMs = toMs;
  }

  /** The next whole step, or the moment before it at which something ends. */
  function nextMs(): number {
    const length = reachedMs + coarseMs <= startMs - fineRunUpMs ? coarseMs : stepMs;
    const whole = (Math.floor(reachedMs / length) + 1) * length;
    if (lastEndMs <= reachedMs) return whole;
    let soonest = Math.min(whole, unpoweredUntilMs > reachedMs ? unpoweredUntilMs : whole);
    for (const untilMs of onUntilMs.values()) {
      if (untilMs > reachedMs && untilMs < soonest) soonest = untilMs;
    }
    return soonest;
  }

  function advanceTo(atMs: number): void {
    askedMs = Math.max(askedMs, atMs);
    for (let next = nextMs(); next <= atMs; next = nextMs()) stepTo(next);
  }

  /** Whatever is done now must not be felt before now. */
  function reachNow(): void {
    advanceTo(askedMs);
    stepTo(askedMs);
  }

  return {
    actions: model.actions,
    inputs: model.inputs,
    advanceTo,
    truthAt(atMs, depthCm) {
      advanceTo(atMs);
      // Between two steps: a step on trial, which is not kept.
      const stretch = atMs > reachedMs ? stretchTo(atMs) : null;
      const now = stretch === null ? state : model.step(state, stretch);
      const sky = weather.at(atMs);
      const truth = model.truth(now, atMs, sky, depthCm);
      if (!model.isOpen) return truth;
      const fallenMm = rainMm + (stretch !== null && reachedMs >= startMs ? stretch.rainMm : 0);
      return { ...openAir(sky), "rain.cumulative": fallenMm, ...truth };
    },
    switchOn(action, untilMs) {
      mustBeIn(model.actions, action, "can be switched on here");
      reachNow();
      onUntilMs.set(action, Math.max(onUntilMs.get(action) ?? untilMs, untilMs));
      lastEndMs = Math.max(lastEndMs, untilMs);
    },
    put(input, amount) {
      mustBeIn(model.inputs, input, "can be put in here");
      if (!Number.isFinite(amount)) throw new RangeError(`${input} must be a number, got ${amount}`);
      reachNow();
      state = model.put(state, input, amount);
    },
    cutPower(untilMs) {
      reachNow();
      unpoweredUntilMs = Math.max(unpoweredUntilMs, untilMs);
      lastEndMs = Math.max(lastEndMs, untilMs);
    },
  };
}

function mustBeIn(known: readonly string[], name: string, what: string): void {
  if (known.includes(name)) return;
  const right = known.length === 0 ? "nothing" : known.join(", ");
  throw new RangeError(`"${name}" is not known; what ${what}: ${right}`);
}

/** The amount itself; RangeError, naming it, when it is outside. */
export function amountWithin(input: string, amount: number, min: number, max: number): number {
  if (amount >= min && amount <= max) return amount;
  throw new RangeError(`${input} must be within ${min}..${max}, got ${amount}`);
}
