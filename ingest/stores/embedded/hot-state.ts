import type { DuckDBConnection } from "@duckdb/node-api";
import type { Position } from "../../journal/journal.ts";
import { dayMs } from "./day.ts";
import { restoreLatest, unsealedRows } from "./newest-live.ts";
import { rowOf, rowsOf } from "./rows.ts";
import { createSeriesBook, type Series, type SeriesBook } from "./series-book.ts";
import { isRemoval, parquet } from "./sql.ts";
import { createUnsealedDays, type UnsealedDays } from "./unsealed-days.ts";

/** What is kept in memory about the hot file, so that writing needs no look-ups. */
export interface HotState {
  cursor: Position;
  /** Number of the last rewrite that is in. */
  rewrites: number;
  /** Order of arrival, given to the next late row. */
  nextSeq: number;
  /** Rows of `hot`, and those of them in `tail`. */
  hotRows: number;
  tailRows: number;
  lateRows: number;
  amendedRows: number;
  readonly book: SeriesBook;
  readonly unsealed: UnsealedDays;
}

/**
 * Reads the state back from an open hot file.
 *
 * @param latest file with the newest live values of the sealed files, if there are any
 * @param sealed the files of all sealed days
 */
export async function loadHotState(
  connection: DuckDBConnection,
  latest: string | null,
  sealed: readonly string[],
): Promise<HotState> {
  const book = createSeriesBook();
  await loadSeries(connection, book);
  if (latest) await loadSealedLatest(connection, book, latest);
  await loadWatermarks(connection, book);
  const bereft = await loadLatest(connection, book, latest);
  if (bereft.length > 0) await restoreLatest(connection, bereft, sealed);
  return {
    ...(await loadProgress(connection)),
    ...(await loadCounts(connection)),
    book,
    unsealed: await loadUnsealed(connection),
  };
}

async function loadSeries(connection: DuckDBConnection, book: SeriesBook): Promise<void> {
  const sql = "SELECT id, device, quantity FROM series ORDER BY id";
  await rowsOf(connection, sql, (id: number, device: string, quantity: string) => {
    book.restore(id, device, quantity);
  });
}

async function loadSealedLatest(
  connection: DuckDBConnection,
  book: SeriesBook,
  latest: string,
): Promise<void> {
  const sql = `SELECT device, quantity, epoch_ms(measured_at)::DOUBLE, value FROM ${parquet([latest])}`;
  await rowsOf(connection, sql, (device: string, quantity: string, atMs: number, value: number) => {
    const series = book.of(device, quantity);
    series.latestAtMs = atMs;
    series.latestValue = value;
  });
}

async function loadWatermarks(connection: DuckDBConnection, book: SeriesBook): Promise<void> {
  const sql = `SELECT series, max(ts)::DOUBLE FROM ${unsealedRows} GROUP BY series`;
  await rowsOf(connection, sql, (id: number, atMs: number) => {
    book.byId(id).watermarkMs = atMs;
  });
}

/**
 * The newest live value of each series. Whether a reading is live is settled when it first comes (its repetition, days
 * later, is not news but does not make it less so), and what corrects its value corrects the latest value as well.
 *
 * @returns the series of which that reading was removed at some time
 */
async function loadLatest(
  connection: DuckDBConnection,
  book: SeriesBook,
  latest: string | null,
): Promise<Series[]> {
  const sealed = latest
    ? `UNION ALL SELECT id, epoch_ms(measured_at), value, 0, 1, -2 FROM ${parquet([latest])}
       JOIN series USING (device, quantity)`
    : "";
  const sql = `
    WITH known AS (SELECT * FROM ${unsealedRows} ${sealed}),
         newest AS (SELECT series, max(ts) AS ts FROM known WHERE live = 1 GROUP BY series)
    SELECT series, ts::DOUBLE, arg_max(value, seq), bool_or(${isRemoval("value")})
    FROM known JOIN newest USING (series, ts) GROUP BY series, ts`;
  const removed = await rowsOf(
    connection,
    sql,
    (id: number, atMs: number, value: number, removed: boolean) => {
      const series = book.byId(id);
      series.latestAtMs = atMs;
      series.latestValue = value;
      return removed ? series : null;
    },
  );
  return removed.filter((series) => series !== null);
}

async function loadProgress(connection: DuckDBConnection): Promise<{ cursor: Position; rewrites: number }> {
  const sql = "SELECT cursor::DOUBLE, rewrites FROM progress";
  return rowOf(connection, sql, (cursor: number, rewrites: number) => ({ cursor, rewrites }));
}

async function loadCounts(connection: DuckDBConnection) {
  const sql = `
    SELECT (SELECT count(*) FROM hot)::DOUBLE, (SELECT count(*) FROM tail)::DOUBLE, (SELECT count(*) FROM late)::DOUBLE,
      (SELECT count(*) FROM amended)::DOUBLE, (SELECT coalesce(max(seq), 0) + 1 FROM ${unsealedRows})`;
  return rowOf(
    connection,
    sql,
    (hotRows: number, tailRows: number, lateRows: number, amendedRows: number, nextSeq: number) => ({
      hotRows,
      tailRows,
      lateRows,
      amendedRows,
      nextSeq,
    }),
  );
}

async function loadUnsealed(connection: DuckDBConnection): Promise<UnsealedDays> {
  const unsealed = createUnsealedDays();
  const sql = `
    SELECT day, min(since)::DOUBLE, coalesce(any_value(rows), 0)::DOUBLE FROM unsealed
    LEFT JOIN (SELECT ts // ${dayMs} AS day, count(*) AS rows FROM ${unsealedRows} GROUP BY 1) USING (day)
    GROUP BY day`;
  await rowsOf(connection, sql, (day: number, since: number, rows: number) => {
    unsealed.restore({ day, since, rows });
  });
  return unsealed;
}
