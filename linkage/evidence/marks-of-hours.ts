import { dayMs, hourMs } from "../../calendar/index.ts";
import type { HourMarks } from "./evidence-source.ts";

/** Hours of one quantity of one device that hold at least one reading, in order of time; the arrays have one length. */
export interface HourlySeries {
  readonly device: string;
  readonly quantity: string;
  /** Beginnings of whole hours. */
  readonly hoursMs: readonly number[];
  /** Smallest and greatest value of each hour. */
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** What a source says of hours whose smallest and greatest values it knows. */
export function marksOfHours(
  { device, quantity, hoursMs, min, max }: HourlySeries,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): HourMarks {
  const firstDay = Math.floor(fromMs / dayMs);
  const days = Math.max(0, Math.ceil(toMs / dayMs) - firstDay);
  const [heard, still, same] = [new Int32Array(days), new Int32Array(days), new Int32Array(days)];
  let before = Number.NaN;
  for (const [i, atMs] of hoursMs.entries()) {
    if (atMs < fromMs || atMs >= toMs) continue;
    const day = Math.floor(atMs / dayMs) - firstDay;
    const bit = 1 << ((atMs % dayMs) / hourMs);
    const isStill = min[i] === max[i];
    heard[day]! |= bit;
    if (isStill) still[day]! |= bit;
    if (isStill && min[i] === before) same[day]! |= bit;
    before = isStill ? min[i]! : Number.NaN;
  }
  return { device, quantity, firstDay, heard, still, same };
}
