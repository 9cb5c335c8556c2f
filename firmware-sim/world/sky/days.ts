import {
  actualVapourPressureKpa,
  daylightHours,
  dayOfYear as dayOfYearAt,
  dewPointFromVapourPressureC,
} from "../../../agronomy/index.ts";
import { gaussian, keyAt, keyOf, smooth, uniform } from "../../chance.ts";
import type { Climate } from "./climate.ts";
import { type Almanac, type ColdSpell, type Foehn, type SkyEvent, shareOf } from "./events.ts";
import { isWetDay, type Shower, showersOfDay, wetDayMm } from "./rain.ts";

/** What the sky has in store for one day, from midnight to midnight as the sun counts. */
export interface DaySky {
  readonly dayOfYear: number;
  readonly sunriseHour: number;
  readonly lowC: number;
  readonly highC: number;
  readonly dewPointC: number;
  /** Share of the daylight in which the sun shines, 0 to 1. */
  readonly sunshine: number;
  /** At 2 m, and where it comes from. */
  readonly windMs: number;
  readonly windFromDeg: number;
  readonly seaLevelHpa: number;
  readonly showers: readonly Shower[];
  readonly events: readonly SkyEvent[];
}

export interface DaysParts {
  readonly seed: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly climate: Climate;
  readonly almanac: Almanac;
}

const dayMs = 86_400_000;
const vietnamUtcHours = 7;
const daysKept = 8;
/** Neighbours within half a degree have the same showers, within four degrees the same warm and cold air. */
const showerCellDegrees = 0.5;
const airMassCellDegrees = 4;

/** The days of a place by number (1 January 1970 is 0); whichever is asked for first, each is always the same. */
export function createDays(parts: DaysParts): (day: number) => DaySky {
  const { seed, latitude, longitude } = parts;
  const cell = (degrees: number) => `${Math.round(latitude / degrees)}/${Math.round(longitude / degrees)}`;
  const keys = {
    rain: keyOf(seed, `rain ${cell(showerCellDegrees)}`),
    air: keyOf(seed, `air ${cell(airMassCellDegrees)}`),
    monsoon: keyOf(seed, "monsoon"),
  };
  const kept = new Map<number, DaySky>();
  return (day) => {
    const known = kept.get(day);
    if (known !== undefined) return known;
    const made = dayOf(parts, keys, day);
    if (kept.size >= daysKept) kept.delete(kept.keys().next().value!);
    kept.set(day, made);
    return made;
  };
}

interface Keys {
  readonly rain: number;
  readonly air: number;
  readonly monsoon: number;
}

function dayOf({ latitude, longitude, climate, almanac }: DaysParts, keys: Keys, day: number): DaySky {
  const fromMs = (day - longitude / 360) * dayMs;
  const doy = dayOfYearAt(fromMs + dayMs / 2, vietnamUtcHours);
  const events = almanac(fromMs - dayMs / 2, fromMs + 1.5 * dayMs);
  const northern = Math.min(1.1, Math.max(0, (latitude - 12) / 9));
  const winter = Math.max(0, Math.cos((2 * Math.PI * (doy - 20)) / 365));
  // °C of the air mass over the region; winters of the north see cold surges, the south hardly any change.
  const surge = (0.8 + northern * (0.5 + 1.9 * winter)) * persistent(keys.air, day, 0.7);
  const { isWet, showers, wetShare } = rainOf(keys, day, climate, doy);
  const meanSunshine = climate.sunshine(doy);
  const sunshine = sunshineOf(keyAt(keyAt(keys.rain, day), 5), meanSunshine, isWet, wetShare);
  const brightness = sunshine - meanSunshine;
  const wetness = isWet ? 1 - wetShare : -wetShare;
  const highC = climate.highC(doy) + surge + 3 * brightness - 0.8 * wetness;
  const lowC = Math.min(highC - 1.5, climate.lowC(doy) + 0.85 * surge - brightness);
  const moisture = 0.8 * persistent(keyAt(keys.air, 1), day, 0.6) + 0.6 * wetness;
  const day0: DaySky = {
    dayOfYear: doy,
    sunriseHour: 12 - daylightHours(latitude, doy) / 2,
    highC,
    lowC,
    dewPointC: Math.min(lowC + 0.3, climate.dewPointC(doy) + 0.95 * surge + moisture),
    sunshine,
    windMs: climate.windMs * Math.exp(0.35 * persistent(keyAt(keys.air, 2), day, 0.5) - 0.06),
    windFromDeg: windFromDeg(latitude, doy, 30 * persistent(keyAt(keys.air, 3), day, 0.6)),
    // Cold air is heavy: the high of a surge comes with it.
    seaLevelHpa:
      1010.5 +
      (2 + 6.5 * northern) * Math.cos((2 * Math.PI * (doy - 5)) / 365) -
      northern * surge +
      1.2 * persistent(keyAt(keys.air, 4), day, 0.7),
    showers,
    events,
  };
  return events.reduce((sky, event) => changedBy(sky, event, fromMs, longitude), day0);
}

function rainOf(keys: Keys, day: number, climate: Climate, doy: number) {
  // The rains come up to a fortnight early or late, another year otherwise.
  const shift = 24 * (smooth(keys.monsoon, day / 365.25) - 0.5);
  const wetShareOf = (asked: number) => climate.wetDays(doy + shift + (asked - day));
  const wetShare = wetShareOf(day);
  const isWet = isWetDay(keys.rain, day, wetShareOf);
  const key = keyAt(keyAt(keys.rain, day), 3);
  const showers = isWet
    ? showersOfDay(keyAt(key, 1), day, wetDayMm(key, climate.rainOfWetDayMm(doy + shift)))
    : [];
  return { isWet, wetShare, showers };
}

/** A wet day is darker than a dry one, and their mean is the climate's (after Richardson 1981). */
function sunshineOf(key: number, mean: number, isWet: boolean, wetShare: number): number {
  const apart = Math.max(
    0,
    Math.min(0.4, (0.97 - mean) / Math.max(wetShare, 0.01), (mean - 0.03) / Math.max(1 - wetShare, 0.01)),
  );
  const middle = mean + (isWet ? wetShare - 1 : wetShare) * apart;
  const spread = Math.min(middle, 1 - middle, 0.3);
  return middle + 2 * (uniform(key) - 0.5) * spread;
}

const memoryDays = 14;

/** First-order autoregressive noise of standard deviation 1, as the sum of what past days left behind. */
function persistent(key: number, day: number, correlation: number): number {
  let sum = 0;
  let weight = Math.sqrt(1 - correlation ** 2);
  for (let back = 0; back < memoryDays; back++) {
    sum += weight * gaussian(keyAt(key, day - back));
    weight *= correlation;
  }
  return sum;
}

/** North-east monsoon in winter; in summer from the south-east in the north, from the south-west in the south. */
function windFromDeg(latitude: number, doy: number, veer: number): number {
  const radians = Math.PI / 180;
  const winter = 0.5 + 0.5 * Math.cos((2 * Math.PI * (doy - 15)) / 365);
  const summerDeg = latitude > 17 ? 140 : 230;
  const east = winter * Math.sin(40 * radians) + (1 - winter) * Math.sin(summerDeg * radians);
  const north = winter * Math.cos(40 * radians) + (1 - winter) * Math.cos(summerDeg * radians);
  return (Math.atan2(east, north) / radians + veer + 720) % 360;
}

function changedBy(sky: DaySky, event: SkyEvent, fromMs: number, longitude: number): DaySky {
  // What a day's high or low is, is settled between morning and evening.
  const share = shareOf(event, fromMs + dayMs / 4, fromMs + 0.75 * dayMs);
  switch (event.kind) {
    case "typhoon":
      return sky;
    case "drought":
      return { ...without(sky, event, longitude), dewPointC: sky.dewPointC - 1.5 * share };
    case "foehn":
      return foehnDay(without(sky, event, longitude), event, share);
    case "cold-spell":
      return coldDay(sky, event, share);
    case "heavy-rain":
      return { ...sky, highC: Math.max(sky.lowC + 1.5, sky.highC - 2 * share) };
    case "overcast":
      return { ...sky, highC: Math.max(sky.lowC + 1.5, sky.highC - 3 * share) };
  }
}

/** The day without the showers that would begin during the event. */
function without(
  sky: DaySky,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  longitude: number,
): DaySky {
  const isDuring = ({ beginDays, endDays }: Shower) =>
    endDays > solarDays(fromMs, longitude) && beginDays < solarDays(toMs, longitude);
  return { ...sky, showers: sky.showers.filter((shower) => !isDuring(shower)) };
}

/** Descending air is hot by day, keeps warm by night and is dry: some 42 % of humidity at the day's highest. */
function foehnDay(sky: DaySky, event: Foehn, share: number): DaySky {
  const toward = (from: number, to: number) => from + (to - from) * share;
  const highC = toward(sky.highC, Math.max(sky.highC, event.highC));
  const dry = dewPointFromVapourPressureC(actualVapourPressureKpa(highC, 42))!;
  return {
    ...sky,
    highC,
    lowC: toward(sky.lowC, Math.max(sky.lowC, highC - 10)),
    dewPointC: toward(sky.dewPointC, Math.min(sky.dewPointC, dry)),
    sunshine: toward(sky.sunshine, Math.max(sky.sunshine, 0.85)),
  };
}

/** Cold air under a grey sky: the day is hardly warmer than the night. */
function coldDay(sky: DaySky, { meanC }: ColdSpell, share: number): DaySky {
  const toward = (from: number, to: number) => from + (to - from) * share;
  const coldC = Math.min(meanC, (sky.highC + sky.lowC) / 2);
  return {
    ...sky,
    highC: toward(sky.highC, coldC + 2),
    lowC: toward(sky.lowC, coldC - 2),
    dewPointC: toward(sky.dewPointC, Math.min(sky.dewPointC, coldC - 4)),
    sunshine: sky.sunshine * (1 - 0.85 * share),
    windMs: sky.windMs + 1.5 * share,
    seaLevelHpa: sky.seaLevelHpa + 5 * share,
  };
}

/** Days since 1970 as the sun at this longitude counts them; .5 is noon. */
export function solarDays(atMs: number, longitude: number): number {
  return atMs / dayMs + longitude / 360;
}
