import { type Inputs, useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../data/api.ts";
import { type Loaded, loaded, loadFailed, notLoaded } from "../data/loaded.ts";

/** Loads when first drawn and whenever an input changes. An answer that comes after that is not used. */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<Answer<T>>,
  inputs: Inputs,
): readonly [Loaded<T>, () => void] {
  const [state, setState] = useState<Loaded<T>>(notLoaded);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    latest.current(abort.signal).then(
      (answer) => !abort.signal.aborted && setState(loaded(answer)),
      (error) => !abort.signal.aborted && setState((before) => loadFailed(before, error)),
    );
    return () => abort.abort();
  }, [...inputs, attempt]);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return [state, retry];
}
