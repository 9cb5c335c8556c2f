/**
 * Chance that can be played again: every number is a hash of a seed, a name and a time or count, so it does not depend
 * on the order in which things are asked.
 */

/** A key for whatever has a name, below the seed. */
export function keyOf(seed: number, name: string): number {
  // FNV-1a.
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** A key below a key: the n-th day, second or draw. */
export function keyAt(key: number, n: number): number {
  return mixed(key ^ Math.imul((n | 0) + 0x9e3779b9, 0x85ebca6b));
}

/** From 0 up to, but not including, 1. */
export function uniform(key: number): number {
  return mixed(key ^ 0x5bd1e995) / 2 ** 32;
}

/** Mean 0, standard deviation 1 (Box–Muller). */
export function gaussian(key: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(key)));
  return radius * Math.cos(2 * Math.PI * uniform(keyAt(key, 1)));
}

/** A curve through one chance value at each whole x, from 0 to 1, without corners. */
export function smooth(key: number, x: number): number {
  const whole = Math.floor(x);
  const from = uniform(keyAt(key, whole));
  const to = uniform(keyAt(key, whole + 1));
  return from + (to - from) * eased(x - whole);
}

/** From 0 to 1 with level ends. */
export function eased(share: number): number {
  return share * share * (3 - 2 * share);
}

/** The finishing steps of MurmurHash3: every bit of the input reaches every bit of the output. */
function mixed(bits: number): number {
  let hash = bits | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
