import { useEffect, useState } from "preact/hooks";
import type { Value } from "../data/value.ts";

/** The value now, and a new drawing each time it changes. */
export function useValue<T>(value: Value<T>): T {
  const [, draw] = useState<unknown>(null);
  useEffect(() => {
    let seen = value.get();
    draw(seen); // It may have changed between the drawing and this effect.
    return value.subscribe(() => {
      if (value.get() === seen) return;
      seen = value.get();
      draw(seen);
    });
  }, [value]);
  return value.get();
}
