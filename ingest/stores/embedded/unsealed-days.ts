import type { Position } from "../../journal/journal.ts";
import type { Day } from "./day.ts";

/** Readings of a day that no sealed file holds yet. */
export interface UnsealedDay {
  readonly day: Day;
  /** Where the journal has to be read from to get all of them again. */
  readonly since: Position;
  /** Counted as they came: a reading that came twice counts twice. */
  rows: number;
}

/** The days with readings that are not sealed. While any are left, the journal from the oldest `since` on is needed. */
export interface UnsealedDays {
  note(day: Day, since: Position): void;
  restore(day: UnsealedDay): void;
  /** Days noted for the first time since this was last asked. */
  takeNew(): UnsealedDay[];
  forget(isSealed: (day: Day) => boolean): void;
  all(): readonly UnsealedDay[];
}

export function createUnsealedDays(): UnsealedDays {
  const days = new Map<Day, UnsealedDay>();
  let fresh: UnsealedDay[] = [];
  return {
    note(day, since) {
      const known = days.get(day);
      if (known) known.rows += 1;
      else {
        const added = { day, since, rows: 1 };
        days.set(day, added);
        fresh.push(added);
      }
    },
    restore: (day) => days.set(day.day, day),
    takeNew() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    forget(isSealed) {
      for (const day of days.keys()) if (isSealed(day)) days.delete(day);
    },
    all: () => [...days.values()],
  };
}
