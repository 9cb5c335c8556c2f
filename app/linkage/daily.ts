import { dateOf, startOfDateMs } from "../../calendar/index.ts";

/** Does something once a day, and what was missed as soon as it can. */
export interface Daily {
  /** To be called now and then. */
  tick(nowMs: number): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface DailyWork {
  /** Time of day in Vietnam from which it is due, `02:30`. */
  readonly at: string;
  /** The last day on which it was done; null when that is not known. */
  readonly doneOn: string | null;
  work(nowMs: number): Promise<void>;
  /** It is tried again in ten minutes. */
  failed(error: unknown): void;
}

const retryMs = 600_000;

export function createDaily({ at, work, failed, ...before }: DailyWork): Daily {
  let underWay: Promise<void> | null = null;
  let notBeforeMs = 0;
  let { doneOn } = before;

  return {
    tick(nowMs) {
      const today = dateOf(nowMs);
      if (underWay !== null || doneOn === today || nowMs < Math.max(notBeforeMs, timeOn(today, at))) return;
      underWay = work(nowMs)
        .then(() => {
          doneOn = today;
        })
        .catch((error) => {
          notBeforeMs = nowMs + retryMs;
          failed(error);
        })
        .finally(() => {
          underWay = null;
        });
    },
    async settled() {
      await underWay;
    },
  };
}

function timeOn(date: string, at: string): number {
  const [hours, minutes] = at.split(":").map(Number);
  return startOfDateMs(date) + (hours! * 60 + minutes!) * 60_000;
}
