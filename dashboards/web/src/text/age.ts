import type { Catalogue } from "./catalogue.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago something was, as people say it. A time ahead of the clock counts as now. */
export function ageText(t: Catalogue, ageMs: number): string {
  if (ageMs < minuteMs) return t.justNow;
  if (ageMs < hourMs) return t.minutesAgo(Math.floor(ageMs / minuteMs));
  if (ageMs < dayMs) return t.hoursAgo(Math.floor(ageMs / hourMs));
  return t.daysAgo(Math.floor(ageMs / dayMs));
}

/** A length of time in its two largest units: "3 giờ 20 phút". */
export function durationText(t: Catalogue, durationMs: number): string {
  const [large, small] = splitDuration(t, Math.max(0, durationMs));
  return small === null ? large : `${large} ${small}`;
}

function splitDuration(t: Catalogue, ms: number): [string, string | null] {
  if (ms < minuteMs) return [t.seconds(Math.round(ms / 1000)), null];
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 60) return [t.minutes(minutes), null];
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), t.hours, minutes % 60, t.minutes);
  const hours = Math.round(ms / hourMs);
  return twoUnits(Math.floor(hours / 24), t.days, hours % 24, t.hours);
}

function twoUnits(
  large: number,
  largeText: (n: number) => string,
  small: number,
  smallText: (n: number) => string,
): [string, string | null] {
  return [largeText(large), small === 0 ? null : smallText(small)];
}
