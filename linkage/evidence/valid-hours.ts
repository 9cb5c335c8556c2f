import { hourMs } from "../dates/local-date.ts";
import type { CountingRule } from "./counting-rule.ts";
import type { HourlySeries } from "./evidence-source.ts";

export interface ValidHours {
  /** Beginnings of the hours with at least one valid reading. */
  readonly hoursMs: ReadonlySet<number>;
  /** Hours that have readings, none of which moves: not among the others. */
  readonly flatHours: number;
}

/**
 * The hours in which a device measured something. Hours are counted, not messages: one that sends every second gains
 * nothing over one that sends every half hour. A quantity that has not moved for the rule's span does not count there.
 *
 * @param series of one device
 */
export function validHours(series: readonly HourlySeries[], { device: rule }: CountingRule): ValidHours {
  const hoursMs = new Set<number>();
  const flat = new Set<number>();
  for (const one of series) {
    if (begins(one.quantity, rule.noMeasurement)) continue;
    if (begins(one.quantity, rule.mayStandStill)) {
      for (const hour of one.hoursMs) hoursMs.add(hour);
    } else sortFlat(one, rule.flatLineHours * hourMs, hoursMs, flat);
  }
  let flatHours = 0;
  for (const hour of flat) if (!hoursMs.has(hour)) flatHours += 1;
  return { hoursMs, flatHours };
}

/** Walks over stretches of one unmoving value; a stretch ends with the first hour that differs. */
function sortFlat(
  { hoursMs, min, max }: HourlySeries,
  longestMs: number,
  moving: Set<number>,
  flat: Set<number>,
) {
  let start = 0;
  while (start < hoursMs.length) {
    let end = start + 1;
    if (min[start] === max[start])
      while (end < hoursMs.length && min[end] === min[start] && max[end] === min[start]) end += 1;
    const lastsMs = hoursMs[end - 1]! + hourMs - hoursMs[start]!;
    const into = min[start] === max[start] && lastsMs >= longestMs ? flat : moving;
    for (let i = start; i < end; i++) into.add(hoursMs[i]!);
    start = end;
  }
}

function begins(quantity: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => quantity.startsWith(beginning));
}
