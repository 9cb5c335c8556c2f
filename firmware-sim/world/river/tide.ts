import { keyAt, uniform } from "../../chance.ts";

/** Amplitudes, m, of the four great constituents at a coast; rounded after published harmonic constants. */
interface Coast {
  readonly latitude: number;
  readonly m2: number;
  readonly s2: number;
  readonly k1: number;
  readonly o1: number;
}

/** From the diurnal Gulf of Tonkin past the near-tideless coast of Huế to the mixed tides of the south. */
const coasts: readonly Coast[] = [
  { latitude: 20.7, m2: 0.06, s2: 0.03, k1: 0.7, o1: 0.74 },
  { latitude: 18.8, m2: 0.28, s2: 0.09, k1: 0.46, o1: 0.5 },
  { latitude: 16.6, m2: 0.17, s2: 0.05, k1: 0.06, o1: 0.08 },
  { latitude: 13.8, m2: 0.18, s2: 0.06, k1: 0.34, o1: 0.28 },
  { latitude: 10.3, m2: 0.79, s2: 0.31, k1: 0.6, o1: 0.45 },
];

/** Degrees an hour; fixed by astronomy (Schureman 1958, Manual of Harmonic Analysis). */
const speedsDegH = { m2: 28.9841042, s2: 30, k1: 15.0410686, o1: 13.9430356 } as const;
const names = ["m2", "s2", "k1", "o1"] as const;

/**
 * The tide at a latitude: metres above mean sea level. Amplitudes and rhythm are the coast's; the phases come from the
 * key, so the hours are not those of any tide table.
 */
export function tideAt(latitude: number, key: number): (atMs: number) => number {
  const amplitudes = amplitudesAt(latitude);
  const waves = names.map((name, n) => ({
    amplitudeM: amplitudes[name],
    speed: (speedsDegH[name] * Math.PI) / 180,
    phase: 2 * Math.PI * uniform(keyAt(key, n)),
  }));
  return (atMs) => {
    const hours = atMs / 3_600_000;
    let level = 0;
    for (const { amplitudeM, speed, phase } of waves) level += amplitudeM * Math.cos(speed * hours - phase);
    return level;
  };
}

function amplitudesAt(latitude: number): Omit<Coast, "latitude"> {
  const south = coasts.findIndex((coast) => coast.latitude <= latitude);
  if (south === 0) return coasts[0]!;
  if (south < 0) return coasts.at(-1)!;
  const [from, to] = [coasts[south]!, coasts[south - 1]!];
  const share = (latitude - from.latitude) / (to.latitude - from.latitude);
  const mixed = (name: (typeof names)[number]) => from[name] + (to[name] - from[name]) * share;
  return { m2: mixed("m2"), s2: mixed("s2"), k1: mixed("k1"), o1: mixed("o1") };
}
