import { keyAt, keyOf, uniform } from "../../chance.ts";
import { type Typhoon, typhoonSpan } from "./typhoon.ts";

interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Not a drop but what a typhoon may bring. */
interface Drought extends Spell {
  readonly kind: "drought";
}

/** Gió Lào: hot dry wind that comes down from the Trường Sơn range. */
export interface Foehn extends Spell {
  readonly kind: "foehn";
  /** The day's highest temperature while it blows, °C. */
  readonly highC: number;
}

/** Rét đậm is a daily mean below 15 °C, rét hại below 13 °C. */
export interface ColdSpell extends Spell {
  readonly kind: "cold-spell";
  /** The daily mean while it lasts, °C; where it is colder anyway it stays colder. */
  readonly meanC: number;
}

export interface HeavyRain extends Spell {
  readonly kind: "heavy-rain";
  /** In all, on top of the usual rain. */
  readonly mm: number;
}

/** Thick low cloud from end to end, without rain of its own: the dark days that ponds die of. */
export interface Overcast extends Spell {
  readonly kind: "overcast";
}

export type SkyEvent = Typhoon | Drought | Foehn | ColdSpell | HeavyRain | Overcast;

export function spanOf(event: SkyEvent): Spell {
  return event.kind === "typhoon" ? typhoonSpan(event) : event;
}

const hourMs = 3_600_000;
const rampMs = hourMs;

/** 0 outside, 1 inside, an hour to get there. */
export function strengthAt({ fromMs, toMs }: Spell, atMs: number): number {
  return Math.min(1, Math.max(0, Math.min(atMs - fromMs, toMs - atMs) / rampMs + 0.5));
}

/** Share of a span that an event fills. */
export function shareOf(event: SkyEvent, fromMs: number, toMs: number): number {
  const span = spanOf(event);
  return Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs)) / (toMs - fromMs);
}

/** The events of a place that fall into a span, scripted and by climate. */
export type Almanac = (fromMs: number, toMs: number) => readonly SkyEvent[];

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Keeps no more than the two years at hand. */
export function createAlmanac(
  seed: number,
  { latitude, longitude }: Place,
  script: readonly SkyEvent[],
  byClimate: boolean,
): Almanac {
  const hasFoehn = latitude > 14.5 && latitude < 20 && longitude > 103.5;
  const years = new Map<number, readonly SkyEvent[]>();

  function eventsOf(year: number): readonly SkyEvent[] {
    const known = years.get(year);
    if (known !== undefined) return known;
    if (years.size > 1) years.delete(years.keys().next().value!);
    const events = [...typhoonsOf(seed, year), ...(hasFoehn ? foehnsOf(seed, year) : [])];
    years.set(year, events);
    return events;
  }

  const meets = (fromMs: number, toMs: number) => (event: SkyEvent) => {
    const span = spanOf(event);
    return span.toMs > fromMs && span.fromMs < toMs;
  };

  return (fromMs, toMs) => {
    const scripted = script.filter(meets(fromMs, toMs));
    if (!byClimate) return scripted;
    // What comes by itself gives way to what was ordered; no typhoon of January reaches back over New Year.
    const own = eventsOf(new Date(fromMs).getUTCFullYear()).filter(meets(fromMs, toMs));
    return scripted.length > 0 ? [...scripted, ...own.filter(({ kind }) => kind === "typhoon")] : own;
  };
}

const dayMs = 24 * hourMs;

/**
 * Landfalls a year by month, and their mean latitude: some five or six in all, the season moving from the Red River in
 * July to the southern tip in December.
 */
const typhoonSeason: readonly {
  readonly month: number;
  readonly perYear: number;
  readonly latitude: number;
}[] = [
  { month: 5, perYear: 0.3, latitude: 20 },
  { month: 6, perYear: 0.8, latitude: 20.3 },
  { month: 7, perYear: 0.9, latitude: 19.6 },
  { month: 8, perYear: 1.2, latitude: 17.8 },
  { month: 9, perYear: 1.2, latitude: 15.6 },
  { month: 10, perYear: 0.8, latitude: 12.9 },
  { month: 11, perYear: 0.2, latitude: 10.5 },
];

function typhoonsOf(seed: number, year: number): Typhoon[] {
  return typhoonSeason.flatMap(({ month, perYear, latitude }) => {
    const key = keyAt(keyOf(seed, `typhoons ${year}`), month);
    const count = poisson(uniform(key), perYear);
    return Array.from({ length: count }, (_, n): Typhoon => {
      const own = keyAt(key, n + 1);
      const spread = 2 * (uniform(keyAt(own, 1)) + uniform(keyAt(own, 2)) - 1);
      return {
        kind: "typhoon",
        landfallMs: Date.UTC(year, month, 1) + Math.floor(uniform(keyAt(own, 3)) * 30) * dayMs,
        latitude: Math.min(21.4, Math.max(8.6, latitude + 2 * spread)),
        // Most are storms, few are strong: the least is 18 m/s, one in ten above 38.
        windMs: 18 - 9 * Math.log(1 - 0.97 * uniform(keyAt(own, 4))),
      };
    });
  });
}

/** The count whose share of all chance this draw falls into. */
function poisson(drawn: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = term;
  let count = 0;
  while (drawn > below && count < 8) {
    count++;
    term *= mean / count;
    below += term;
  }
  return count;
}

/** Spells of foehn from late April to August, on some thirty days of a year. */
function foehnsOf(seed: number, year: number): Foehn[] {
  const key = keyOf(seed, `foehn ${year}`);
  return Array.from({ length: 8 }, (_, n): Foehn => {
    const own = keyAt(key, n);
    const fromMs = Date.UTC(year, 3, 25) + (n * 15 + 10 * uniform(keyAt(own, 1))) * dayMs;
    const days = 2 + 4 * uniform(keyAt(own, 2));
    return { kind: "foehn", fromMs, toMs: fromMs + days * dayMs, highC: 36 + 3.5 * uniform(keyAt(own, 3)) };
  });
}
