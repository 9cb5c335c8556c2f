import { z } from "zod";
import { dayMs, localYear, startOfDateMs } from "../../calendar/index.ts";
import type { Saved, Severity, Watcher } from "./rule.ts";

const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "must be month and day, such as `11-01`");
const date = z.iso.date("must be a date, such as `2026-11-01`");

/** A part of every year, or one span of dates; both ends belong to it, on the local calendar. */
export const season = z
  .strictObject({
    from: monthDay.optional(),
    to: monthDay.optional(),
    fromDate: date.optional(),
    toDate: date.optional(),
  })
  .superRefine(({ from, to, fromDate, toDate }, context) => {
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    const isYearly = from !== undefined || to !== undefined;
    const isSpan = fromDate !== undefined || toDate !== undefined;
    if (isYearly === isSpan)
      complain(
        "needs `from` and `to` (each year), or `fromDate`, `toDate` or both (once), and not both kinds",
      );
    else if (isYearly && (from === undefined || to === undefined)) complain("needs both `from` and `to`");
    else if (isSpan && (fromDate ?? "") > (toDate ?? "9")) complain("ends before it begins");
  });
export type Season = z.infer<typeof season>;

interface Span {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly inside: boolean;
}

/** The span around a time in which it does not change whether the season is on. */
export function seasonAround(season: Season, atMs: number): Span {
  const turns = turnsOf(season, atMs);
  const before = turns.findLast(({ ms }) => ms <= atMs);
  const after = turns.find(({ ms }) => ms > atMs);
  return {
    fromMs: before?.ms ?? Number.NEGATIVE_INFINITY,
    toMs: after?.ms ?? Number.POSITIVE_INFINITY,
    inside: before?.begins ?? !(after?.begins ?? false),
  };
}

/** When it begins and ends, in order. */
function turnsOf(season: Season, atMs: number): { readonly ms: number; readonly begins: boolean }[] {
  const { from, to, fromDate, toDate } = season;
  if (from === undefined)
    return [
      ...(fromDate === undefined ? [] : [{ ms: startOfDateMs(fromDate), begins: true }]),
      ...(toDate === undefined ? [] : [{ ms: startOfDateMs(toDate) + dayMs, begins: false }]),
    ];
  const year = localYear(atMs);
  return [year - 1, year, year + 1]
    .flatMap((each) => [
      { ms: startOfDateMs(`${each}-${from}`), begins: true },
      { ms: startOfDateMs(`${each}-${to}`) + dayMs, begins: false },
    ])
    .sort((one, other) => one.ms - other.ms);
}

/** Outside its season a rule does not fire, and forgets: what was true in spring says nothing about the next one. */
export function inSeason(
  season: Season,
  watch: (saved: Saved | null) => Watcher,
  saved: Saved | null,
): Watcher {
  return new SeasonalWatcher(season, watch, saved);
}

class SeasonalWatcher implements Watcher {
  readonly #season: Season;
  readonly #watch: (saved: Saved | null) => Watcher;
  #watcher: Watcher;
  #span: Span = { fromMs: 0, toMs: 0, inside: true };

  constructor(season: Season, watch: (saved: Saved | null) => Watcher, saved: Saved | null) {
    this.#season = season;
    this.#watch = watch;
    this.#watcher = watch(saved);
  }

  judge(measuredAtMs: number, value: number, quantity: string): Severity | null {
    return this.#isOn(measuredAtMs) ? this.#watcher.judge(measuredAtMs, value, quantity) : null;
  }

  refuse(measuredAtMs: number, quantity: string): Severity | null {
    return this.#isOn(measuredAtMs) ? (this.#watcher.refuse?.(measuredAtMs, quantity) ?? null) : null;
  }

  #isOn(atMs: number): boolean {
    if (atMs < this.#span.fromMs || atMs >= this.#span.toMs) {
      this.#span = seasonAround(this.#season, atMs);
      if (!this.#span.inside) this.#watcher = this.#watch(null);
    }
    return this.#span.inside;
  }

  get judged(): number {
    return this.#watcher.judged;
  }

  get limit(): number | null {
    return this.#watcher.limit;
  }

  get sinceMs(): number {
    return this.#watcher.sinceMs;
  }

  save(): Saved | null {
    return this.#watcher.save();
  }
}
