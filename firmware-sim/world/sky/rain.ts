import { gaussian, keyAt, uniform } from "../../chance.ts";

/**
 * Rain by the day: a Markov chain says whether, a gamma distribution how much (Richardson 1981, Water Resour. Res.
 * 17:182), with the parameters that Geng, Penning de Vries and Supit (1986, Agric. For. Meteorol. 36:363) found to follow
 * from the number of wet days and the mean of them.
 */

/** How much more probable rain is after a wet day than after a dry one (Geng et al.: P(W|W) = 0.25 + P(W|D)). */
const persistence = 0.25;

/**
 * Whether it rains on a day. Each day draws one number; where it lies outside the narrow band in which the day before
 * decides, that day is known without looking back. So any day can be asked for, and it costs one or two draws.
 */
export function isWetDay(key: number, day: number, wetShareOf: (day: number) => number): boolean {
  for (let asked = day; ; asked--) {
    const drawn = uniform(keyAt(key, asked));
    const afterDry = (1 - persistence) * wetShareOf(asked);
    if (drawn < afterDry) return true;
    if (drawn >= afterDry + persistence) return false;
  }
}

/** Most that one day's showers bring, mm; what falls in a typhoon comes on top. */
const mostMm = 400;

/** Rain of a wet day, mm: Geng et al., equations 5 and 6, with an exponential where they would leave a bell. */
export function wetDayMm(key: number, meanMm: number): number {
  const scale = Math.max(meanMm, -2.16 + 1.83 * meanMm);
  return Math.min(mostMm, scale * gamma(key, meanMm / scale));
}

/** A gamma variate of scale 1 (Marsaglia and Tsang 2000), for shapes up to 1. */
function gamma(key: number, shape: number): number {
  const d = shape + 1 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let n = 0; ; n++) {
    const attempt = keyAt(key, n);
    const x = gaussian(attempt);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const drawn = uniform(keyAt(attempt, 2));
    if (Math.log(drawn) < x ** 2 / 2 + d - d * v + d * Math.log(v)) {
      return d * v * uniform(keyAt(attempt, 3)) ** (1 / shape);
    }
  }
}

/** Rain that grows to its middle and fades; times in days as the sun counts them. */
export interface Shower {
  readonly beginDays: number;
  readonly endDays: number;
  readonly mm: number;
}

/** The showers of a wet day: most begin in the afternoon, small ones last minutes, great ones half a day. */
export function showersOfDay(key: number, day: number, mm: number): Shower[] {
  const count = mm < 3 ? 1 : 1 + Math.floor(3 * uniform(keyAt(key, 1)));
  const shares = Array.from({ length: count }, (_, n) => 0.2 + uniform(keyAt(key, 10 + n)));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, n) => {
    const ownMm = (mm * share) / whole;
    const hours = (0.3 + 0.5 * Math.sqrt(ownMm)) * (0.6 + 0.8 * uniform(keyAt(key, 20 + n)));
    const beginHour = Math.min(23.5, Math.max(0, 15 + 5 * gaussian(keyAt(key, 30 + n))));
    const beginDays = day + beginHour / 24;
    return { beginDays, endDays: beginDays + hours / 24, mm: ownMm };
  });
}

/** mm that have fallen of it by this time. */
export function fallenMm({ beginDays, endDays, mm }: Shower, days: number): number {
  const x = Math.min(1, Math.max(0, (days - beginDays) / (endDays - beginDays)));
  return mm * (x < 0.5 ? 2 * x ** 2 : 1 - 2 * (1 - x) ** 2);
}

/** mm/h at this time. */
export function intensityMmH({ beginDays, endDays, mm }: Shower, days: number): number {
  const x = (days - beginDays) / (endDays - beginDays);
  if (x <= 0 || x >= 1) return 0;
  return (mm / ((endDays - beginDays) * 24)) * 2 * (1 - Math.abs(2 * x - 1));
}
