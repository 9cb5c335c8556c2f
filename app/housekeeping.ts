import type { Watch } from "../ingest/alerts/index.ts";
import type { Journal, Position } from "../ingest/journal/journal.ts";
import type { Log } from "./log.ts";

const dayMs = 86_400_000;
const everyMs = 60_000;

/** What is done in quiet times: days are closed, what has ended its retention goes. One round at a time, about once a minute. */
export interface Housekeeping {
  tick(nowMs: number): void;
  /** Runs `work` while no round is under way and none begins. */
  paused<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when no round is under way. */
  settled(): Promise<void>;
}

export function createHousekeeping(parts: {
  readonly store: { maintain(nowMs: number): Promise<void> };
  readonly journal: Pick<Journal, "trim">;
  /** The journal before it is needed by nobody. */
  readonly needless: () => Position;
  readonly journalKeepDays: number;
  readonly quarantine: { trim(olderThanMs: number): Promise<unknown> };
  readonly quarantineKeepDays: number;
  readonly alerts: Pick<Watch, "prune">;
  readonly alertsKeep: { readonly keepDays: number; readonly messagesKeepDays: number };
  readonly links: { trim(nowMs: number): void };
  readonly log: Log;
}): Housekeeping {
  let underWay: Promise<void> | null = null;
  let nextMs = 0;
  let pauses = 0;

  async function round(nowMs: number): Promise<void> {
    await parts.store.maintain(nowMs);
    await parts.journal.trim(parts.needless(), nowMs - parts.journalKeepDays * dayMs);
    await parts.quarantine.trim(nowMs - parts.quarantineKeepDays * dayMs);
    const { keepDays, messagesKeepDays } = parts.alertsKeep;
    parts.alerts.prune(nowMs, { alertsMs: keepDays * dayMs, messagesMs: messagesKeepDays * dayMs });
    parts.links.trim(nowMs);
  }

  return {
    tick(nowMs) {
      if (underWay || pauses > 0 || nowMs < nextMs) return;
      nextMs = nowMs + everyMs;
      underWay = round(nowMs)
        .catch((error) =>
          parts.log.warn({ err: error }, "housekeeping failed; it is tried again in a minute"),
        )
        .finally(() => {
          underWay = null;
        });
    },
    async paused(work) {
      pauses++;
      try {
        await underWay;
        return await work();
      } finally {
        pauses--;
      }
    },
    async settled() {
      await underWay;
    },
  };
}
