import { InvalidArgumentError, Option } from "commander";
import type { Language } from "../../devices/index.ts";

/** Parsers of option values. What they refuse, commander tells together with the option's name. */

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0)) throw new InvalidArgumentError("A number above 0 is needed.");
  return value;
}

export function coordinate(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new InvalidArgumentError("Degrees, such as 18.34, are needed.");
  return value;
}

const timeRule =
  "A time is needed: 2026-11-21, 2026-11-21T06:00 (Viet Nam), 2026-11-21T06:00:00Z, or how long ago: 90m, 36h, 7d.";

/** A point in time: a date or time (Viet Nam's, unless it names its zone), `now`, or how long ago. */
export function timeBefore(nowMs: number): (text: string) => number {
  return (text) => {
    if (text === "now") return nowMs;
    const ago = /^(\d+)(m|h|d)$/.exec(text);
    if (ago)
      return nowMs - Number(ago[1]) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[ago[2] as "m" | "h" | "d"];
    const local = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/.exec(text);
    const ms = Date.parse(local ? `${local[1]}T${local[2] ?? "00:00"}+07:00` : text);
    if (Number.isNaN(ms)) throw new InvalidArgumentError(timeRule);
    return ms;
  };
}

/** Collects the values of an option that may be given more than once. */
export function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** In which language texts for people are. */
export function languageOption(): Option {
  return new Option("--language <language>").choices(["vi", "en"] satisfies Language[]).default("vi");
}
