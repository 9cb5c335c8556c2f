import type { SiteModel, Stretch } from "../site.ts";
import type { Weather } from "../sky/weather.ts";

export const hour = 3_600_000;
export const day = 24 * hour;

export interface Lived<State> {
  readonly weather: Weather;
  readonly fromMs: number;
  readonly days: number;
  /** What is switched on all the time. */
  readonly on?: readonly string[];
  readonly isPowered?: boolean;
  /** Called with each state and the stretch that led to it. */
  readonly after?: (state: State, stretch: Stretch) => void;
}

/** Lets a model live through some days, in steps of ten minutes; returns the state at the end. */
export function live<State>(model: SiteModel<State>, from: State, lived: Lived<State>): State {
  const { weather, fromMs, days, on = [], isPowered = true, after } = lived;
  const stepMs = hour / 6;
  let state = from;
  for (let atMs = fromMs; atMs < fromMs + days * day; atMs += stepMs) {
    const middleMs = atMs + stepMs / 2;
    const stretch: Stretch = {
      middleMs,
      hours: stepMs / hour,
      sky: weather.at(middleMs),
      rainMm: weather.rainMm(atMs, atMs + stepMs),
      weather,
      isPowered,
      isOn: (action) => on.includes(action),
    };
    state = model.step(state, stretch);
    after?.(state, stretch);
  }
  return state;
}
