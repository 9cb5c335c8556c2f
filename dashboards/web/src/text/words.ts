import type { Language, QuantityInfo } from "../../../../app/http/shapes.ts";
import { ageText, durationText } from "./age.ts";
import { type Catalogue, catalogues } from "./catalogue.ts";

/** Where the fields are. Readings are shown in this zone wherever the person who looks at them is. */
export const timeZone = "Asia/Ho_Chi_Minh";

/** What the page needs to speak one language: its texts, numbers and times. */
export interface Words {
  readonly language: Language;
  readonly t: Catalogue;
  /** Picks from a text that the server gives in both languages. */
  pick(text: { readonly vi: string; readonly en: string }): string;
  /** A number with as many decimals as its resolution is worth: 0.1 → "31,2". */
  number(value: number, resolution?: number): string;
  /** A value of a quantity with its unit: "31,2 %". */
  value(value: number, quantity: QuantityInfo | undefined): string;
  age(ageMs: number): string;
  duration(durationMs: number): string;
  /** "14:05" today, "20/11 14:05" otherwise. */
  moment(atMs: number, nowMs: number): string;
  /** "20/11 14:05" */
  dayTime(atMs: number): string;
  /** "14:05 21/11/2026" */
  dateTime(atMs: number): string;
  /** "14:05" */
  clock(atMs: number): string;
  /** "21/11" */
  day(atMs: number): string;
}

export function createWords(language: Language): Words {
  const t = catalogues[language];
  const time = (options: Intl.DateTimeFormatOptions) => {
    // Day before month, with slashes: so both languages write it, while the Vietnamese locale has "21-11" beside "21/11/2026".
    const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone, hourCycle: "h23" });
    return (atMs: number) => format.format(atMs);
  };
  const clock = time({ hour: "2-digit", minute: "2-digit" });
  const day = time({ day: "2-digit", month: "2-digit" });
  const date = time({ day: "2-digit", month: "2-digit", year: "numeric" });
  const dayTime = (atMs: number) => `${day(atMs)} ${clock(atMs)}`;
  const number = createNumberText(t.locale);
  return {
    language,
    t,
    pick: (text) => text[language],
    number,
    value: (value, quantity) => withUnit(number(value, quantity?.resolution), quantity?.symbol ?? ""),
    age: (ageMs) => ageText(t, ageMs),
    duration: (durationMs) => durationText(t, durationMs),
    moment: (atMs, nowMs) => (date(atMs) === date(nowMs) ? clock(atMs) : dayTime(atMs)),
    dayTime,
    dateTime: (atMs) => `${clock(atMs)} ${date(atMs)}`,
    clock,
    day,
  };
}

// A no-break space: a unit that slips to the next line is read as belonging to something else.
function withUnit(number: string, symbol: string): string {
  return symbol === "" ? number : `${number}\u00a0${symbol}`;
}

/** Formatters are costly to make and there are only a handful of resolutions. */
function createNumberText(locale: string): (value: number, resolution?: number) => string {
  const formats = new Map<number, Intl.NumberFormat>();
  return (value, resolution = 0.01) => {
    const decimals = decimalsOf(resolution);
    let format = formats.get(decimals);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        // "-0,0" would be read as frost.
        signDisplay: "negative",
      });
      formats.set(decimals, format);
    }
    return format.format(value);
  };
}

/** Decimals that a resolution is worth: 0.5 → 1, 1 → 0, 0.001 → 3, 10 → 0. */
export function decimalsOf(resolution: number): number {
  if (!(resolution > 0)) return 2;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));
}

/** The coarsest resolution that shows every multiple of this step as it is: 2.5 → 0.1, 20 → 1. */
export function exactResolution(step: number): number {
  for (let decimals = 0; decimals < 6; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return 10 ** -decimals;
  }
  return 1e-6;
}
