/** Milliseconds since 1970 UTC that a text tells; null when it is no time of this format. */
export type ReadTime = (text: string) => number | null;

/** A clock on a wall: what a file tells before one knows where the wall stood. */
interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Minutes that the wall clock is ahead of UTC, at a time of the wall clock given as if it were UTC. */
type Zone = (wallMs: number) => number;

export interface TimeRules {
  /** `iso`, `unix` (seconds), `unix-ms`, or a pattern of {@link directives} and literal text. */
  readonly format: string;
  /** `UTC`, an offset such as `+07:00`, or a name such as `Asia/Ho_Chi_Minh`. */
  readonly zone: string;
  /** Whole years to add on the wall calendar: multiples of four keep 29 February. */
  readonly shiftYears: number;
}

/** As in strftime; numbers may lack their leading zero. A blank stands for any number of blanks. */
export const directives: Readonly<Record<string, string>> = {
  "%Y": "(?<Y>\\d{4})",
  "%y": "(?<y>\\d{2})",
  "%m": "(?<m>\\d{1,2})",
  "%d": "(?<d>\\d{1,2})",
  "%H": "(?<H>\\d{1,2})",
  "%I": "(?<I>\\d{1,2})",
  "%M": "(?<M>\\d{1,2})",
  "%S": "(?<S>\\d{1,2}(?:\\.\\d{1,9})?)",
  "%p": "(?<p>[AaPp]\\.?[Mm]\\.?)",
};

const iso =
  /^(?<Y>\d{4})-(?<m>\d\d)-(?<d>\d\d)(?:[T ](?<H>\d\d):(?<M>\d\d)(?::(?<S>\d\d(?:\.\d{1,9})?))?)?\s*(?<zone>Z|[+-]\d\d:?\d\d)?$/i;

/** What is wrong with a format or zone; null when nothing is. */
export function formatProblem(format: string): string | null {
  if (["iso", "unix", "unix-ms"].includes(format)) return null;
  const found: readonly string[] = format.match(/%./g) ?? [];
  const unknown = found.filter((name) => directives[name] === undefined);
  if (unknown.length > 0)
    return `${unknown.join(" ")} is not known; right are ${Object.keys(directives).join(" ")}`;
  if (new Set(found).size < found.length) return "each directive may stand once";
  const hasYear = found.includes("%Y") || found.includes("%y");
  if (hasYear && found.includes("%m") && found.includes("%d")) return null;
  return 'right is "iso", "unix", "unix-ms" or a pattern with year, month and day such as "%m/%d/%Y %H:%M"';
}

export function zoneProblem(zone: string): string | null {
  try {
    zoneOf(zone);
    return null;
  } catch {
    return `"${zone}" is no time zone; right is UTC, an offset such as +07:00, or a name such as Asia/Ho_Chi_Minh`;
  }
}

export function timeReader({ format, zone, shiftYears }: TimeRules): ReadTime {
  if (format === "unix") return (text) => shifted(numberOf(text, 1000), shiftYears);
  if (format === "unix-ms") return (text) => shifted(numberOf(text, 1), shiftYears);
  const pattern = format === "iso" ? iso : patternOf(format);
  const usual = zoneOf(zone);
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (groups === undefined) return null;
    const wall = wallTime(groups, shiftYears);
    const wallMs = wall === null ? null : msOf(wall);
    if (wallMs === null) return null;
    const here = groups.zone === undefined ? usual : zoneOf(groups.zone);
    return wallMs - here(wallMs) * 60_000;
  };
}

function patternOf(format: string): RegExp {
  const parts = format.split(/(%.|\s+)/).map((part) => {
    if (/^\s+$/.test(part)) return "\\s+";
    return directives[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function wallTime(groups: Record<string, string | undefined>, shiftYears: number): WallTime | null {
  const number = (name: string, missing: number) => Number(groups[name] ?? missing);
  const { Y, y, p } = groups;
  // POSIX: 69 to 99 are of the last century.
  const year = Y === undefined ? Number(y) + (Number(y) < 69 ? 2000 : 1900) : Number(Y);
  const hour = p === undefined ? number("H", number("I", 0)) : hourOfHalfDay(number("I", 0), p);
  const [month, day, minute, second] = [number("m", 1), number("d", 1), number("M", 0), number("S", 0)];
  const isTime = hour >= 0 && hour < 24 && minute < 60 && second < 61;
  if (!isTime || !isDate(year, month, day)) return null;
  return { year: year + shiftYears, month, day, hour, minute, second };
}

/** 12 AM is midnight, 12 PM noon. */
function hourOfHalfDay(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function msOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute) + Math.round(second * 1000);
}

function numberOf(text: string, unitMs: number): number | null {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Math.round(Number(text) * unitMs) : null;
}

function shifted(ms: number | null, years: number): number | null {
  if (ms === null || years === 0) return ms;
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() + years);
}

function zoneOf(zone: string): Zone {
  if (/^(UTC|Z)$/i.test(zone)) return () => 0;
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (offset === null) return namedZone(zone);
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  if (minutes > 14 * 60) throw new RangeError(`${zone} is more than any zone has`);
  return () => (offset[1] === "-" ? -minutes : minutes);
}

/** The platform knows what a wall clock shows at a moment, not the reverse: the offset is asked twice. */
function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: name, timeZoneName: "longOffset" });
  const offsetAt = (atMs: number) => {
    const text = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(text) ?? ["", "+", "0", "0"];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  return (wallMs) => offsetAt(wallMs - offsetAt(wallMs) * 60_000);
}
