import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Reading } from "../../../devices/index.ts";
import type { Position } from "../../journal/journal.ts";
import type { Catalog } from "./catalog.ts";
import { type DayRange, dayOf, daysOf, startOf } from "./day.ts";
import type { HotState } from "./hot-state.ts";
import { openRowAppender, type RowAppender } from "./row-appender.ts";
import type { Series } from "./series-book.ts";
import { text } from "./sql.ts";

/** Where readings come from, and how far the store has got once they are in. */
export type Origin =
  | { readonly kind: "journal"; readonly next: Position }
  | { readonly kind: "rewrite"; readonly number: number };

/** Writes to the hot file, one transaction after the other. After an error the state in memory is no longer right. */
export interface HotWriter {
  put(readings: readonly Reading[], origin: Origin): Promise<void>;
  /** Drops what sealed files of this generation now hold. */
  forget(ranges: readonly DayRange[], generation: number): Promise<void>;
  close(): void;
}

/** Late rows are merged when they are this many, or this part of the hot rows: below it, overlaying them is cheaper. */
const mergeFromRows = 20_000;
const mergeFromPart = 1 / 20;

/** Rows taken between two turns of the event loop: some 3 ms. */
const rowsAStretch = 8192;

export async function createHotWriter(
  connection: DuckDBConnection,
  state: HotState,
  catalog: Catalog,
): Promise<HotWriter> {
  const hot = await openRowAppender(connection, "hot");
  const late = await openRowAppender(connection, "late");
  const amended = await openRowAppender(connection, "amended");
  const appenders: readonly RowAppender[] = [hot, late, amended];

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
      hot.add(series.id, at, value, delayS, reading.live, 0);
      state.hotRows += 1;
    } else {
      late.add(series.id, at, value, delayS, reading.live, state.nextSeq++);
      state.lateRows += 1;
    }
    if (at > series.watermarkMs) series.watermarkMs = at;
    noteLatest(series, reading, value);
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

  /** Folds the late rows of open days into `hot`. */
  async function mergeLate(): Promise<void> {
    await transaction(async () => {
      await connection.run(mergeSql);
    });
    state.lateRows = 0;
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
      if (state.lateRows >= Math.max(mergeFromRows, state.hotRows * mergeFromPart)) await mergeLate();
    },

    async forget(ranges, generation) {
      const within = ranges.map(
        ({ firstDay, lastDay }) => `ts >= ${startOf(firstDay)} AND ts < ${startOf(lastDay + 1)}`,
      );
      const days = new Set(ranges.flatMap(daysOf));
      await transaction(async () => {
        const drop = async (table: string) =>
          (await connection.run(`DELETE FROM ${table} WHERE ${within.join(" OR ")}`)).rowsChanged;
        state.hotRows -= await drop("hot");
        state.lateRows -= await drop("late");
        state.amendedRows -= await drop("amended");
        await connection.run(`DELETE FROM unsealed WHERE day IN (${[...days].join(", ")})`);
        await connection.run(`UPDATE progress SET generation = ${generation}`);
      });
      state.unsealed.forget((day) => days.has(day));
    },

    close() {
      for (const appender of appenders) appender.close();
    },
  };
}

const mergeSql = `
  CREATE TEMP TABLE merged AS
    SELECT series, ts, newer.value, newer.delay, greatest(newer.live, coalesce(hot.live, 0)) AS live
    FROM (SELECT series, ts, arg_max(value, seq) AS value, arg_max(delay, seq) AS delay, max(live) AS live
          FROM late GROUP BY series, ts) AS newer
    LEFT JOIN hot USING (series, ts);
  DELETE FROM hot USING merged WHERE hot.series = merged.series AND hot.ts = merged.ts;
  INSERT INTO hot SELECT * FROM merged;
  DELETE FROM late;
  DROP TABLE merged;
`;

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
