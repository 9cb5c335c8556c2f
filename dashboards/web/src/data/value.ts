/** A value that tells who listens when it has changed. */
export interface Value<T> {
  get(): T;
  /** Replaces the value and tells the listeners, unless it is the very same. */
  set(next: T): void;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
}

export function createValue<T>(initial: T): Value<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(next) {
      if (Object.is(next, current)) return;
      current = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
