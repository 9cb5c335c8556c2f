import { quantityOf } from "../../devices/index.ts";
import type { Language, Texts } from "../rules/index.ts";

const locales = { vi: "vi-VN", en: "en-GB" } as const;
/** Everybody who reads these texts lives there; it knows no summer time. */
const timeZone = "Asia/Ho_Chi_Minh";

const clockTime = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
const dates = {
  vi: new Intl.DateTimeFormat("vi-VN", { timeZone, day: "2-digit", month: "2-digit", year: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" }),
};

function inBoth(say: (language: Language) => string): Texts {
  return { vi: say("vi"), en: say("en") };
}

/** A local time as people say it: `06:10 ngày 21/11/2026`, `06:10 on 21 Nov 2026`. */
export function timeInWords(atMs: number): Texts {
  const clock = clockTime.format(atMs);
  return { vi: `${clock} ngày ${dates.vi.format(atMs)}`, en: `${clock} on ${dates.en.format(atMs)}` };
}

/**
 * A value with its unit as people write it: `2,4 mg/l`, `31.5%`; no finer than the quantity's resolution, unless that would make
 * it look the same as `apartFrom`, for "2.96, below 3" must not read "3, below 3".
 */
export function valueInWords(quantity: string, value: number, apartFrom: number = value): Texts {
  const declared = quantityOf(quantity);
  let digits = decimalsOf(declared?.resolution ?? 0.01);
  const most = digits + 3;
  while (value !== apartFrom && digits < most && value.toFixed(digits) === apartFrom.toFixed(digits))
    digits++;
  return inBoth((language) => withUnit(numberFormat(language, digits).format(value), declared?.symbol ?? ""));
}

/** By language and digits: to make one takes as long as some hundred numbers. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${language} ${maximumFractionDigits}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locales[language], { maximumFractionDigits });
  numberFormats.set(key, format);
  return format;
}

function decimalsOf(resolution: number): number {
  return Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9));
}

function withUnit(number: string, symbol: string): string {
  if (symbol === "") return number;
  return /^[%°]/.test(symbol) ? number + symbol : `${number} ${symbol}`;
}

const units = [
  { ms: 86_400_000, vi: "ngày", en: "day" },
  { ms: 3_600_000, vi: "giờ", en: "hour" },
  { ms: 60_000, vi: "phút", en: "minute" },
  { ms: 1000, vi: "giây", en: "second" },
] as const;

/** A length of time in its two largest units: `1 giờ 30 phút`, `2 days`. */
export function spanInWords(spanMs: number): Texts {
  const first = units.findIndex(({ ms }) => spanMs >= ms);
  if (first === -1) return { vi: "0 giây", en: "0 seconds" };
  const [large, small] = [units[first]!, units[first + 1]];
  const count = Math.floor(spanMs / large.ms);
  const rest = small ? Math.floor((spanMs - count * large.ms) / small.ms) : 0;
  const parts = [{ count, unit: large }, ...(small && rest > 0 ? [{ count: rest, unit: small }] : [])];
  return {
    vi: parts.map(({ count, unit }) => `${count} ${unit.vi}`).join(" "),
    en: parts.map(({ count, unit }) => `${count} ${unit.en}${count === 1 ? "" : "s"}`).join(" "),
  };
}
