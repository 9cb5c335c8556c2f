import { type Day, type DayRange, dayOf, daysOf, hourMs, monthOf } from "./day.ts";
import type { SealedFile } from "./manifest.ts";
import type { Retention } from "./retention.ts";
import type { UnsealedDay } from "./unsealed-days.ts";

/** One step of sealing: what the sealed files `takes` and the unsealed rows of those days hold is written anew. */
export interface Fold {
  readonly takes: readonly SealedFile[];
  /** A file for each, without gaps in the days of `takes`. */
  readonly into: readonly DayRange[];
}

export interface FoldFacts {
  readonly nowMs: number;
  readonly files: readonly SealedFile[];
  readonly unsealed: readonly UnsealedDay[];
  readonly retention: Retention;
  /** A month with at most so many readings becomes one file. */
  readonly smallMonthRows: number;
}

/** A day is sealed this long after its end, when nodes with a usual delay have delivered. */
const graceMs = hourMs;

/**
 * Late readings of sealed days wait until a new day is sealed, or until they are so many that reading past them costs
 * more than writing the files again. Those that may be past their retention do not wait.
 */
const amendFromRows = 1000;
const amendFromPart = 1 / 50;

/** What there is to do now, oldest first. Each fold is a commit of its own, so that writing can go on in between. */
export function planFolds(facts: FoldFacts): Fold[] {
  const closedBefore = dayOf(facts.nowMs - graceMs);
  const due = new Set([...daysDue(facts, closedBefore), ...daysExpired(facts)]);
  const months = new Map<Day, DayRange>();
  for (const day of [...due, ...facts.files.map(({ firstDay }) => firstDay)]) {
    const month = monthOf(day);
    months.set(month.firstDay, month);
  }
  return [...months.values()]
    .sort((a, b) => a.firstDay - b.firstDay)
    .flatMap((month) => foldsOf(month, facts, due, closedBefore));
}

function daysDue({ files, unsealed, retention }: FoldFacts, closedBefore: Day): Day[] {
  const fileOf = (day: Day) => files.find((file) => covers(file, day));
  const fresh = unsealed.filter(({ day }) => day < closedBefore && !fileOf(day));
  const amended = unsealed.filter(({ day }) => fileOf(day));
  const touched = new Set(amended.map(({ day }) => fileOf(day)!));
  const worthIt = Math.max(amendFromRows, sumRows([...touched]) * amendFromPart);
  const all = fresh.length > 0 || sumRows(amended) >= worthIt;
  const keptByAll = Math.max(...retention.values());
  return [...fresh, ...amended.filter(({ day }) => all || day < keptByAll)].map(({ day }) => day);
}

/** Days of which a sealed file keeps a quantity longer than it may. */
function daysExpired({ files, retention }: FoldFacts): Day[] {
  return files.flatMap(({ quantities }) =>
    Object.entries(quantities)
      .filter(([quantity, firstDay]) => firstDay < (retention.get(quantity) ?? firstDay))
      .map(([, firstDay]) => firstDay),
  );
}

function foldsOf(month: DayRange, facts: FoldFacts, due: ReadonlySet<Day>, closedBefore: Day): Fold[] {
  const files = facts.files.filter(({ firstDay }) => covers(month, firstDay));
  const unsealed = facts.unsealed.filter(({ day }) => covers(month, day));
  const days = daysOf(month).filter((day) => due.has(day));
  if (month.lastDay < closedBefore && sumRows(files) + sumRows(unsealed) <= facts.smallMonthRows) {
    return days.length > 0 || files.length > 1 ? [{ takes: files, into: [month] }] : [];
  }
  return foldsByDay(files, days);
}

/** A file of a month that has grown is split into days; else each day is written by itself. */
function foldsByDay(files: readonly SealedFile[], days: readonly Day[]): Fold[] {
  const folds = new Map<Day, Fold>();
  for (const day of days) {
    const file = files.find((one) => covers(one, day));
    const first = file?.firstDay ?? day;
    const into = file ? daysOf(file) : [day];
    folds.set(first, {
      takes: file ? [file] : [],
      into: into.map((one) => ({ firstDay: one, lastDay: one })),
    });
  }
  return [...folds.values()];
}

function covers({ firstDay, lastDay }: DayRange, day: Day): boolean {
  return firstDay <= day && day <= lastDay;
}

function sumRows(counted: readonly { readonly rows: number }[]): number {
  return counted.reduce((sum, { rows }) => sum + rows, 0);
}
