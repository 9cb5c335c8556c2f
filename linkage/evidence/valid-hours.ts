import type { CountingRule } from "./counting-rule.ts";
import type { HourMarks } from "./evidence-source.ts";
import { bitsIn, hoursADay, maskOf } from "./hour-masks.ts";

/** Hours of days, one mask for each UTC day. */
export interface ValidHours {
  /** The day of the first mask, counted from 1970-01-01. */
  readonly firstDay: number;
  /** The hours with at least one valid reading. */
  readonly masks: Int32Array;
  /** Hours that have readings, none of which moves: not among the others. */
  readonly flatHours: number;
}

/**
 * The hours in which a device measured something. Hours are counted, not messages: one that sends every second gains
 * nothing over one that sends every half hour. A quantity that has not moved for the rule's span does not count there.
 *
 * @param series of one device and one span
 */
export function validHours(series: readonly HourMarks[], { device: rule }: CountingRule): ValidHours {
  const { firstDay, heard } = series[0] ?? { firstDay: 0, heard: [] };
  const masks = new Int32Array(heard.length);
  const flat = new Int32Array(heard.length);
  for (const one of series) {
    if (begins(one.quantity, rule.noMeasurement)) continue;
    if (begins(one.quantity, rule.mayStandStill)) addTo(masks, one.heard);
    else sortFlat(one, rule.flatLineHours, masks, flat);
  }
  let flatHours = 0;
  for (let day = 0; day < flat.length; day++) flatHours += bitsIn(flat[day]! & ~masks[day]!);
  return { firstDay, masks, flatHours };
}

function addTo(masks: Int32Array, heard: Int32Array): void {
  for (let day = 0; day < masks.length; day++) masks[day]! |= heard[day]!;
}

/** Walks over stretches of one unmoving value; a stretch ends with the first hour that differs. */
function sortFlat(
  { heard, still, same }: HourMarks,
  longestHours: number,
  moving: Int32Array,
  flat: Int32Array,
): void {
  /** Hours since the first day: the stretch at hand, while there is one. */
  let start = -1;
  let last = -1;

  function endStretch(): void {
    if (start === -1) return;
    const into = last + 1 - start >= longestHours ? flat : moving;
    for (let day = Math.floor(start / hoursADay); day * hoursADay <= last; day++)
      into[day]! |= heard[day]! & maskOf(day, start, last + 1);
    start = -1;
  }

  /** The stretch at hand goes on until the last of these hours of the day. */
  function goOn(day: number, hours: number): void {
    if (start !== -1 && hours !== 0) last = day * hoursADay + highestOf(hours);
  }

  for (let day = 0; day < heard.length; day++) {
    const hours = heard[day]!;
    if (still[day] === 0) {
      if (hours !== 0) endStretch();
      moving[day]! |= hours;
      continue;
    }
    // From one hour that is not as the one before to the next: those between are of one value.
    for (let rest = hours & ~same[day]!; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      goOn(day, hours & (bit - 1));
      endStretch();
      if ((still[day]! & bit) === 0) moving[day]! |= bit;
      else start = last = day * hoursADay + highestOf(bit);
    }
    goOn(day, hours);
  }
  endStretch();
}

function highestOf(mask: number): number {
  return 31 - Math.clz32(mask);
}

function begins(quantity: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => quantity.startsWith(beginning));
}
