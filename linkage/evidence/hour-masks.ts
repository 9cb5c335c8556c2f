/*
 * Hours of days as bits of a number: bit h is the hour from h to h + 1 o'clock. An array of them begins with some day; `hours` are
 * counted from the beginning of that day.
 */

export const hoursADay = 24;

/** The hours of one day (counted like the array's) that lie in these, the end not included. */
export function maskOf(day: number, fromHour: number, toHour: number): number {
  const from = Math.max(0, fromHour - day * hoursADay);
  const to = Math.min(hoursADay, toHour - day * hoursADay);
  return from >= to ? 0 : ((1 << to) - 1) & ~((1 << from) - 1);
}

export function bitsIn(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** The hours of a day's mask, 0 to 23. */
export function hoursIn(mask: number): number[] {
  return Array.from({ length: hoursADay }, (_, hour) => hour).filter((hour) => (mask >> hour) & 1);
}
