import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Reading } from "../../../devices/index.ts";
import type { Position } from "../../journal/journal.ts";
import { type Catalog, sealedPaths } from "./catalog.ts";
import { type Day, type DayRange, dayOf, daysOf, startOf } from "./day.ts";
import { sortedRun } from "./hot-file.ts";
import type { HotState } from "./hot-state.ts";
import { restoreLatest } from "./newest-live.ts";
import { openRowAppender, type RowAppender } from "./row-appender.ts";
import type { Series } from "./series-book.ts";
import { isRemoval, lastWord, text } from "./sql.ts";
import type { Thresholds } from "./thresholds.ts";

/** Where readings come from, and how far the store has got once they are in. */
export type Origin =
  | { readonly kind: "journal"; readonly next: Position }
  | { readonly kind: "rewrite"; readonly number: number };

/** Writes to the hot file, one transaction after the other. After an error the state in memory is no longer right. */
export interface HotWriter {
  /** A reading whose value is NaN is removed. */
  put(readings: readonly Reading[], origin: Origin): Promise<void>;
  /** Drops what sealed files of this generation now hold, and takes up its number. */
  forget(ranges: readonly DayRange[], generation: number): Promise<void>;
  close(): void;
}

/** Rows taken between two turns of the event loop: some 3 ms. */
const rowsAStretch = 8192;

export async function createHotWriter(
  connection: DuckDBConnection,
  state: HotState,
  catalog: Catalog,
  thresholds: Thresholds,
): Promise<HotWriter> {
  const tail = await openRowAppender(connection, "tail");
  const late = await openRowAppender(connection, "late");
  const amended = await openRowAppender(connection, "amended");
  const appenders: readonly RowAppender[] = [tail, late, amended];
  /** Whose latest value was removed. */
  const bereft = new Set<Series>();

  async function transaction(work: () => Promise<void>): Promise<void> {
    await connection.run("BEGIN");
    await work();
    await connection.run("COMMIT");
  }

  /** Sends one reading to its table, unless a sealed file has it already. */
  function route(reading: Reading, origin: Origin): void {
    const at = reading.measuredAtMs;
    const day = dayOf(at);
    const sealed = catalog.covering(day);
    if (sealed && isIn(sealed, origin)) return;
    const series = state.book.of(reading.device, reading.quantity);
    // Storage compares by value and would keep either zero for the other: keep the plain one.
    const value = reading.value + 0;
    const delayS = Math.round((reading.receivedAtMs - at) / 1000);
    if (sealed) {
      amended.add(series.id, at, value, delayS, reading.live, state.nextSeq++);
      state.amendedRows += 1;
    } else if (at > series.watermarkMs) {
      // Nothing that could be removed is there.
      if (Number.isNaN(value)) return;
      tail.add(series.id, at, value, delayS, reading.live, 0);
      state.hotRows += 1;
      state.tailRows += 1;
    } else {
      late.add(series.id, at, value, delayS, reading.live, state.nextSeq++);
      state.lateRows += 1;
    }
    if (at > series.watermarkMs) series.watermarkMs = at;
    if (!Number.isNaN(value)) noteLatest(series, reading, value);
    else if (series.latestAtMs === at) bereft.add(series);
    state.unsealed.note(day, state.cursor);
  }

  async function storeNames(): Promise<void> {
    const series = state.book.unstored();
    const days = state.unsealed.takeNew();
    const names = series.map(({ id, device, quantity }) => `(${id}, ${text(device)}, ${text(quantity)})`);
    if (names.length > 0) await connection.run(`INSERT INTO series VALUES ${names.join(", ")}`);
    for (const one of series) one.stored = true;
    const since = days.map((day) => `(${day.day}, ${day.since})`);
    if (since.length > 0) await connection.run(`INSERT INTO unsealed VALUES ${since.join(", ")}`);
  }

  /** Runs a statement and tells how many rows it changed. */
  async function changed(sql: string): Promise<number> {
    return (await connection.run(sql)).rowsChanged;
  }

  /** Folds the late rows of open days into `hot`. */
  async function mergeLate(): Promise<void> {
    await transaction(async () => {
      await connection.run(mergedSql);
      const same = (table: string) => `${table}.series = merged.series AND ${table}.ts = merged.ts`;
      state.hotRows -= await changed(`DELETE FROM body USING merged WHERE ${same("body")}`);
      const fromTail = await changed(`DELETE FROM tail USING merged WHERE ${same("tail")}`);
      const added = await changed(`INSERT INTO tail SELECT * FROM merged WHERE NOT ${isRemoval("value")}`);
      state.hotRows += added - fromTail;
      state.tailRows += added - fromTail;
      await connection.run("DELETE FROM late; DROP TABLE merged");
    });
    state.lateRows = 0;
  }

  async function forgetDays(ranges: readonly DayRange[], days: ReadonlySet<Day>): Promise<void> {
    const within = ranges.map(
      ({ firstDay, lastDay }) => `ts >= ${startOf(firstDay)} AND ts < ${startOf(lastDay + 1)}`,
    );
    const drop = (table: string) => changed(`DELETE FROM ${table} WHERE ${within.join(" OR ")}`);
    const fromTail = await drop("tail");
    state.tailRows -= fromTail;
    state.hotRows -= fromTail + (await drop("body"));
    state.lateRows -= await drop("late");
    state.amendedRows -= await drop("amended");
    await connection.run(`DELETE FROM unsealed WHERE day IN (${[...days].join(", ")})`);
  }

  async function sortTail(): Promise<void> {
    await transaction(async () => {
      await connection.run(`INSERT INTO body ${sortedRun("tail")}; DELETE FROM tail`);
    });
    state.tailRows = 0;
  }

  return {
    async put(readings, origin) {
      await transaction(async () => {
        for (let from = 0; from < readings.length; from += rowsAStretch) {
          for (const reading of readings.slice(from, from + rowsAStretch)) route(reading, origin);
          for (const appender of appenders) appender.flush();
          await setImmediate();
        }
        await storeNames();
        const moved = origin.kind === "journal" ? `cursor = ${origin.next}` : `rewrites = ${origin.number}`;
        await connection.run(`UPDATE progress SET ${moved}`);
      });
      if (origin.kind === "journal") state.cursor = origin.next;
      else state.rewrites = origin.number;
      if (bereft.size > 0) {
        await restoreLatest(connection, [...bereft], sealedPaths(catalog));
        bereft.clear();
      }
      if (state.lateRows >= Math.max(thresholds.mergeLate, state.hotRows / 20)) await mergeLate();
      if (state.tailRows >= thresholds.sortTail) await sortTail();
    },

    async forget(ranges, generation) {
      const days = new Set(ranges.flatMap(daysOf));
      await transaction(async () => {
        if (days.size > 0) await forgetDays(ranges, days);
        await connection.run(`UPDATE progress SET generation = ${generation}`);
      });
      state.unsealed.forget((day) => days.has(day));
    },

    close() {
      for (const appender of appenders) appender.close();
    },
  };
}

const mergedSql = `
  CREATE TEMP TABLE merged AS
    SELECT series, ts, newer.value, newer.delay,
      (newer.live OR (coalesce(hot.live, 0) = 1 AND NOT newer.removed))::TINYINT AS live
    FROM (SELECT series, ts, ${lastWord} FROM late GROUP BY series, ts) AS newer
    LEFT JOIN hot USING (series, ts)`;

/** The journal is read again when the hot file was lost; what a sealed file has taken in is not taken twice. */
function isIn(sealed: { journalTo: Position; rewritesTo: number }, origin: Origin): boolean {
  return origin.kind === "journal" ? origin.next <= sealed.journalTo : origin.number <= sealed.rewritesTo;
}

function noteLatest(series: Series, { measuredAtMs, live }: Reading, value: number): void {
  const newer = live && measuredAtMs > series.latestAtMs;
  if (!newer && measuredAtMs !== series.latestAtMs) return;
  series.latestAtMs = measuredAtMs;
  series.latestValue = value;
}
