import { dayMs, dayStartMs } from "../../calendar/index.ts";
import type { DerivedValue } from "../decode/derived/derived.ts";
import type { Journal, Position } from "../journal/journal.ts";
import { derivations } from "./derivations.ts";
import type { Deriver } from "./deriver.ts";
import type { LateDay, LateDays } from "./late-days.ts";
import { changesRuns, type History, reckonAgain } from "./reckon-again.ts";
import type { Surroundings } from "./surroundings.ts";

export interface MenderParts {
  readonly deriver: Deriver;
  readonly lateDays: LateDays;
  readonly history: History;
  readonly journal: Pick<Journal, "end">;
  readonly surroundingsAt: (device: string, atMs: number) => Surroundings | undefined;
  /** Resolves when the values are in the journal. */
  readonly append: (device: string, values: readonly DerivedValue[]) => Promise<void>;
  /** Up to where the journal has been reckoned. */
  readonly position: () => Position;
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

/** Reckons days again to which something came late, one at a time. */
export interface Mender {
  tick(nowMs: number): void;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** A backlog comes in over some minutes, and a day is read once for all of it … */
const quietMs = 2 * 60_000;
/** … but one that never ends does not put it off for ever. */
const mostWaitMs = 30 * 60_000;
const retryMs = 60_000;

export function createMender(parts: MenderParts): Mender {
  const { deriver, lateDays, history, journal, surroundingsAt, append, position, log } = parts;
  /** Reckoned as far as it goes: there is more to do when another hour of the device has ended. */
  const waitsForHour = new WeakMap<LateDay, number>();
  /** What was appended last must be in the store before the next day is compared with it. */
  let appendedTo: Position = 0;
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;
  let isStopped = false;

  return {
    tick(nowMs) {
      if (isStopped || underWay !== null || nowMs < notBeforeMs) return;
      const day = lateDays.next((each) => isDue(each, nowMs));
      if (day === undefined) return;
      underWay = mend(day)
        .catch((error: unknown) => {
          notBeforeMs = nowMs + retryMs;
          log.warn(
            { err: error, device: day.device },
            "what came late is reckoned later: the store cannot tell now",
          );
        })
        .finally(() => {
          underWay = null;
        });
    },
    async settled() {
      await underWay;
    },
    async stop() {
      isStopped = true;
      await underWay;
    },
  };

  function isDue(day: LateDay, nowMs: number): boolean {
    if (nowMs < Math.min(day.notedMs + quietMs, day.firstNotedMs + mostWaitMs)) return false;
    const doneToMs = waitsForHour.get(day);
    return doneToMs === undefined || (openHourOf(day.device) ?? doneToMs) > doneToMs;
  }

  function openHourOf(device: string): number | undefined {
    return deriver.memory(device)?.openHourMs;
  }

  async function mend(day: LateDay): Promise<void> {
    const { device, dayMs: startMs } = day;
    const memory = deriver.memory(device);
    if (memory === undefined) return lateDays.done(day);
    // Whatever was taken until now must be in what is read.
    const takenTo = Math.max(position(), appendedTo);
    if ((await history.cursor()) < takenTo) return;
    const openHourMs = memory.openHourMs ?? Number.NEGATIVE_INFINITY;
    const measuredItself = new Set(
      derivations.flatMap(({ quantity }) => (memory.newest(quantity) === undefined ? [] : [quantity])),
    );
    const mates = deriver.matesOf(device);
    const asked = { device, dayMs: startMs, openHourMs, mates, measuredItself };
    const { changed, periods } = await reckonAgain(asked, history, surroundingsAt);
    if (isStopped) return;
    if (changed.length > 0) {
      await append(device, changed);
      appendedTo = journal.end;
    }
    // An hour has ended meanwhile: what was reckoned knows nothing of it.
    if (memory.openHourMs !== undefined && memory.openHourMs !== openHourMs) return;
    if (dayStartMs(openHourMs) === startMs) deriver.correct(device, periods);
    else if (changesRuns(changed)) noteNextDay(day, openHourMs);
    if (openHourMs > day.lateMs) lateDays.done(day);
    else waitsForHour.set(day, openHourMs);
  }

  /** The runs of the next day go on from those of this one. */
  function noteNextDay({ device, dayMs: startMs, notedMs }: LateDay, openHourMs: number): void {
    if (openHourMs >= startMs + dayMs) lateDays.noteDay(device, startMs + dayMs, notedMs);
  }
}
