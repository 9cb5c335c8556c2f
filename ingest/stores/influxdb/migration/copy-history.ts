import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Reading } from "../../../../devices/index.ts";
import type { LatestValue, ReadingStore, Span } from "../../reading-store.ts";
import { InfluxError } from "../influx-error.ts";
import { type DayOfReadings, dayMs, daysWithReadings } from "./days-with-readings.ts";
import { exportedReadings } from "./exported-readings.ts";
import type { CountByQuantity, MigrationLedger } from "./ledger.ts";

/** How far a copy is. */
export interface CopyProgress {
  readonly daysDone: number;
  readonly days: number;
  /** Of those that are to be copied now. */
  readonly readingsDone: number;
  readonly readings: number;
  readonly dayStartMs: number;
  /** What keeps it waiting; null while it goes on. */
  readonly waitingFor: string | null;
}

export interface CopyParts {
  readonly source: Pick<ReadingStore, "completeness" | "export" | "latest">;
  readonly destination: Pick<ReadingStore, "rewrite">;
  readonly ledger: MigrationLedger;
  /** Whole UTC days. */
  readonly span: Span;
  /** Also days that the ledger knows with as many readings. */
  readonly again: boolean;
  /** For one file at a time, of a day's readings. It must exist. */
  readonly folder: string;
  readonly onProgress: (progress: CopyProgress) => void;
  /** Ends it between two batches, or while it waits. */
  readonly stop: AbortSignal;
}

/** Large enough to hold whole devices of a day, whose quantities share their minutes. */
const readingsAtOnce = 20_000;
const firstRetryMs = 500;
const mostRetryMs = 30_000;

/**
 * Copies what the source has, day after day. An InfluxDB that is away or overloaded is waited for; any other refusal ends the
 * copy, and the next one goes on behind the last whole day.
 *
 * @returns the number of days that were copied now
 * @throws InfluxError for what waiting does not mend
 */
export async function copyHistory(parts: CopyParts): Promise<number> {
  const { source, ledger, span, again } = parts;
  const copied = again ? new Map<number, CountByQuantity>() : ledger.days();
  const found = await daysWithReadings(source, span);
  const wanted = found.filter(({ startMs, readings }) => totalOf(copied.get(startMs)) !== readings);
  const newest = new Set(source.latest().map(keyOf));
  const readings = wanted.reduce((sum, day) => sum + day.readings, 0);
  let readingsDone = 0;
  for (const [daysDone, day] of wanted.entries()) {
    const report = (waitingFor: string | null) =>
      parts.onProgress({
        daysDone,
        days: wanted.length,
        readingsDone,
        readings,
        dayStartMs: day.startMs,
        waitingFor,
      });
    const counts = await copyDay(parts, day, newest, (more, waitingFor) => {
      readingsDone += more;
      report(waitingFor);
    });
    ledger.note(day.startMs, counts);
  }
  return wanted.length;
}

async function copyDay(
  parts: CopyParts,
  { startMs }: DayOfReadings,
  newest: ReadonlySet<string>,
  onStep: (readings: number, waitingFor: string | null) => void,
): Promise<CountByQuantity> {
  const file = join(parts.folder, `${new Date(startMs).toISOString().slice(0, 10)}.csv`);
  const counts = new Map<string, number>();
  try {
    await parts.source.export({ fromMs: startMs, toMs: startMs + dayMs, format: "csv", file });
    for await (const part of exportedReadings(file, readingsAtOnce)) {
      // Only of the newest ones does it matter whether they were news: they are the latest values.
      const batch: Reading[] = part.map((one) => ({ ...one, live: newest.has(keyOf(one)) }));
      await untilTaken(parts, batch, (words) => onStep(0, words));
      for (const { quantity } of batch) counts.set(quantity, (counts.get(quantity) ?? 0) + 1);
      onStep(batch.length, null);
    }
    return counts;
  } finally {
    await rm(file, { force: true });
  }
}

async function untilTaken(
  { destination, stop }: CopyParts,
  batch: readonly Reading[],
  onWaiting: (words: string) => void,
): Promise<void> {
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, mostRetryMs)) {
    stop.throwIfAborted();
    try {
      return await destination.rewrite(batch);
    } catch (error) {
      if (!(error instanceof InfluxError && error.retryable)) throw error;
      onWaiting(error.message);
      await pause(error.retryAfterMs ?? waitMs, undefined, { signal: stop });
    }
  }
}

function totalOf(counts: CountByQuantity | undefined): number | undefined {
  return counts && [...counts.values()].reduce((sum, readings) => sum + readings, 0);
}

function keyOf({ device, quantity, measuredAtMs }: Omit<LatestValue, "value">): string {
  return `${device}\n${quantity}\n${measuredAtMs}`;
}
