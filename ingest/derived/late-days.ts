import { dayStartMs, hourMs } from "../../calendar/index.ts";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { LateReading } from "./deriver.ts";

/** The longest that a companion may lie apart from the reading it serves, and what of an evening belongs to the next day's night. */
const reachMs = 6 * hourMs;
/** By night the sky is taken to be as clear as the sun of the day before said. */
const reachOfSunMs = 24 * hourMs;

/** A local day of a device that has to be reckoned again. */
export interface LateDay {
  readonly device: string;
  readonly dayMs: number;
  /** Measured time of the newest of what came late: while its hour goes on, the day is not done with. */
  readonly lateMs: number;
  readonly firstNotedMs: number;
  readonly notedMs: number;
}

/** Days of devices that wait to be reckoned again. In memory, saved with what else is remembered. */
export interface LateDays {
  /** @param heardUpToMs up to where the device was heard: days that have not begun need nothing */
  note(late: LateReading, heardUpToMs: number, nowMs: number): void;
  /** One day, because the one before it has changed. */
  noteDay(device: string, dayMs: number, nowMs: number): void;
  /** The first for which `isDue` holds; of one device the earliest day. */
  next(isDue: (day: LateDay) => boolean): LateDay | undefined;
  /** It is done with, unless something came late meanwhile. */
  done(day: LateDay): void;
  save(): void;
  readonly count: number;
}

export function openLateDays(db: DatabaseSync): LateDays {
  const insert = db.prepare("INSERT OR REPLACE INTO late_days VALUES (?, ?, ?, ?, ?)");
  const remove = db.prepare("DELETE FROM late_days WHERE device = ? AND day_ms = ?");
  const rows = db.prepare(`
    SELECT device, day_ms AS dayMs, late_ms AS lateMs, first_noted_ms AS firstNotedMs, noted_ms AS notedMs
    FROM late_days ORDER BY device, day_ms`);
  const days = new Map((rows.all() as unknown as LateDay[]).map((day) => [keyOf(day), { ...day }]));
  const unsaved = new Map<string, Pick<LateDay, "device" | "dayMs">>();

  return {
    note({ device, quantity, measuredAtMs }, heardUpToMs, nowMs) {
      const reach = quantity === "light.solarIrradiance" ? reachOfSunMs : reachMs;
      const itsDayMs = dayStartMs(measuredAtMs);
      const lastMs = dayStartMs(Math.max(measuredAtMs, Math.min(measuredAtMs + reach, heardUpToMs)));
      for (let dayMs = dayStartMs(measuredAtMs - reachMs); dayMs <= lastMs; dayMs += 24 * hourMs)
        put({ device, dayMs, lateMs: dayMs === itsDayMs ? measuredAtMs : Number.NEGATIVE_INFINITY, nowMs });
    },
    noteDay: (device, dayMs, nowMs) => put({ device, dayMs, lateMs: Number.NEGATIVE_INFINITY, nowMs }),
    next(isDue) {
      let earliest: LateDay | undefined;
      for (const day of days.values())
        if ((earliest === undefined || day.dayMs < earliest.dayMs) && isDue(day)) earliest = day;
      return earliest;
    },
    done(day) {
      const key = keyOf(day);
      if (days.get(key) !== day) return;
      days.delete(key);
      unsaved.set(key, day);
    },
    save() {
      for (const [key, { device, dayMs }] of unsaved) {
        const day = days.get(key);
        if (day === undefined) remove.run(device, dayMs);
        else insert.run(device, dayMs, Math.max(0, day.lateMs), day.firstNotedMs, day.notedMs);
      }
      unsaved.clear();
    },
    get count() {
      return days.size;
    },
  };

  function put(noted: { device: string; dayMs: number; lateMs: number; nowMs: number }): void {
    const key = keyOf(noted);
    const { device, dayMs, nowMs } = noted;
    const known = days.get(key);
    const lateMs = Math.max(noted.lateMs, known?.lateMs ?? noted.lateMs);
    // Another object each time: by it is seen whether something came while the day was being reckoned.
    days.set(key, { device, dayMs, lateMs, firstNotedMs: known?.firstNotedMs ?? nowMs, notedMs: nowMs });
    unsaved.set(key, { device, dayMs });
  }
}

const keyOf = ({ device, dayMs }: Pick<LateDay, "device" | "dayMs">) => `${dayMs} ${device}`;
