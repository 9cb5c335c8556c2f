/*
 * A number of the years 1973 to 5138 has its own magnitude in each of the four units in use, so the unit need not be
 * told. What is smaller counts as seconds: a clock that starts at 0 on every boot stays in 1970, where it is seen through.
 */
const smallestMs = 1e11;
const smallestUs = 1e14;
const smallestNs = 1e17;
const tooLarge = 1e20;

const decimal = /^[+-]?\d{1,20}(?:\.\d{1,20})?$/;
const longestText = 48;

/** RFC 3339, 5.6: `T` and `Z` may be lower case, a blank may stand for `T`; the offset must be there. */
const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * The time a device told, in whole milliseconds since 1970 UTC; null when it is not a time at all. Whether to believe
 * it is another question.
 *
 * @param ts seconds, milliseconds, micro- or nanoseconds since 1970 as a number or a numeric string, or RFC 3339 with
 *   up to nine decimals and an offset
 */
export function deviceTimeMs(ts: unknown): number | null {
  if (typeof ts === "number") return ofNumber(ts);
  if (typeof ts !== "string" || ts.length > longestText) return null;
  const text = ts.trim();
  return decimal.test(text) ? ofNumber(Number(text)) : ofRfc3339(text);
}

function ofNumber(ts: number): number | null {
  if (ts >= smallestMs && ts < smallestUs) return Math.floor(ts);
  const size = Math.abs(ts);
  // Rounded, because a fraction of a second is seldom exact in binary: 1763712000.123 × 1000 ends in .0000002.
  if (size < smallestMs) return Math.round(ts * 1000);
  if (size < smallestUs) return Math.floor(ts);
  if (size < smallestNs) return Math.floor(ts / 1000);
  return size < tooLarge ? Math.floor(ts / 1_000_000) : null;
}

function ofRfc3339(text: string): number | null {
  const match = rfc3339.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHours, offsetMinutes] = match;
  if (!isDate(Number(year), Number(month), Number(day))) return null;
  // 60 is a leap second and becomes the first moment of the next minute.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offsetMs = offsetOf(sign, offsetHours, offsetMinutes);
  if (offsetMs === null) return null;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  return (
    utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), ms) - offsetMs
  );
}

function offsetOf(sign: string | undefined, hours = "00", minutes = "00"): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -ms : ms;
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(utc(year, month + 1, 0)).getUTCDate();
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999; 0001 must stay 0001. */
function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second, ms));
  return date.setUTCFullYear(year, month - 1, day + (date.getUTCDate() - 1));
}
