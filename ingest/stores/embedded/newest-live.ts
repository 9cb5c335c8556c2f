import type { DuckDBConnection } from "@duckdb/node-api";
import { rowsOf } from "./rows.ts";
import type { Series } from "./series-book.ts";
import { isRemoval, lastWord, parquet, texts } from "./sql.ts";

/** Every row that is not sealed, with the order in which it outranks others of its reading. */
export const unsealedRows = `(
  SELECT *, -1::DOUBLE AS seq FROM hot
  UNION ALL SELECT * FROM late
  UNION ALL SELECT * FROM amended)`;

/**
 * Finds the latest values of series whose latest value was removed: seldom needed, and dear, because any day may hold it.
 *
 * @param sealed the files of all sealed days
 */
export async function restoreLatest(
  connection: DuckDBConnection,
  bereft: readonly Series[],
  sealed: readonly string[],
): Promise<void> {
  const byId = new Map(bereft.map((series) => [series.id, series]));
  for (const series of bereft) series.latestAtMs = Number.NEGATIVE_INFINITY;
  const ids = `series IN (${[...byId.keys()].join(", ")})`;
  const rows = `
    SELECT series, ts, value, delay, live, seq FROM ${unsealedRows} WHERE ${ids}
    ${sealed.length > 0 ? `UNION ALL SELECT * FROM (${sealedSql(bereft, sealed)}) WHERE ${ids}` : ""}`;
  const sql = `
    SELECT series, max(ts)::DOUBLE, arg_max(value, ts)
    FROM (SELECT series, ts, ${lastWord} FROM (${rows}) GROUP BY series, ts)
    WHERE live AND NOT ${isRemoval("value")} GROUP BY series`;
  await rowsOf(connection, sql, (id: number, atMs: number, value: number) => {
    const series = byId.get(id)!;
    series.latestAtMs = atMs;
    series.latestValue = value;
  });
}

/** Sealed rows under the numbers of the hot file; by name first, which skips most of what is in the files. */
function sealedSql(bereft: readonly Series[], sealed: readonly string[]): string {
  const names = (of: (series: Series) => string) => texts([...new Set(bereft.map(of))]);
  return `
    SELECT id AS series, epoch_ms(measured_at) AS ts, value, delay_s AS delay, live::TINYINT AS live, -2::DOUBLE AS seq
    FROM ${parquet(sealed)} JOIN series USING (device, quantity)
    WHERE device IN (${names(({ device }) => device)}) AND quantity IN (${names(({ quantity }) => quantity)})`;
}
