/** Mulberry32: a small seeded generator, 0 ≤ x < 1, so that a failing property can be run again. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between min and max. */
export function between(random: () => number, min: number, max: number): number {
  return min + random() * (max - min);
}
