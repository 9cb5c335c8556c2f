import type { Answer } from "./api.ts";
import { type FailureKind, failureKind } from "./failure.ts";

/** Something asked of the server: perhaps there, perhaps old, perhaps refused. What was there stays through a failure. */
export interface Loaded<T> {
  readonly data: T | null;
  readonly loading: boolean;
  readonly failure: FailureKind | null;
  /** Browser time at which a kept copy was fetched; null when the data came straight from the server. */
  readonly savedAtMs: number | null;
}

export const notLoaded: Loaded<never> = { data: null, loading: true, failure: null, savedAtMs: null };

export function loaded<T>({ body, savedAtMs }: Answer<T>): Loaded<T> {
  return { data: body, loading: false, failure: null, savedAtMs };
}

export function loadFailed<T>(before: Loaded<T>, error: unknown): Loaded<T> {
  return { ...before, loading: false, failure: failureKind(error) };
}
