import { type DayRange, startOf } from "./day.ts";
import type { Retention } from "./retention.ts";
import { isRemoval, lastWord, moment, parquet, text, texts } from "./sql.ts";

/** Every name that can occur, sorted. */
export interface Names {
  readonly devices: readonly string[];
  readonly quantities: readonly string[];
}

/**
 * All that is known of some days, sorted: what was sealed and what is hot, with what came since laid over it. What was
 * live once stays live.
 *
 * Names are sorted as enumerations, which costs half of what sorting texts does, and written as texts: of an
 * enumeration DuckDB 1.5 writes no minimum and maximum, by which readers skip row groups.
 */
export function rangeSql({
  taken,
  range,
  retention,
  names,
}: {
  readonly taken: readonly string[];
  readonly range: DayRange;
  readonly retention: Retention;
  readonly names: Names;
}): string {
  const [from, to] = [startOf(range.firstDay), startOf(range.lastDay + 1)];
  const asEnum = `device::ENUM(${texts(names.devices)}) AS device, quantity::ENUM(${texts(names.quantities)}) AS quantity`;
  const sources = [hotSql(from, to, asEnum)];
  if (taken.length > 0)
    sources.push(`SELECT ${asEnum}, ts, value, delay, live FROM (${sealedSql(taken, from, to)})`);
  return `
    SELECT device::VARCHAR AS device, quantity::VARCHAR AS quantity,
      make_timestamp_ms(ts)::TIMESTAMP_MS AS measured_at, value, delay AS delay_s, live
    FROM (
      SELECT * FROM (${sources.join(" UNION ALL ")})
      WHERE NOT ${isRemoval("value")} AND ${keptSql(retention, "ts", from)}
      ORDER BY device, quantity, ts
    )`;
}

function hotSql(from: number, to: number, asEnum: string): string {
  const span = `ts >= ${from} AND ts < ${to}`;
  return `
    SELECT device, quantity, ts, ${newest("newer", "hot")}
    FROM (SELECT * FROM hot WHERE ${span}) AS hot
    FULL JOIN (
      SELECT series, ts, ${lastWord} FROM late WHERE ${span} GROUP BY ALL
    ) AS newer USING (series, ts)
    JOIN (SELECT id, ${asEnum} FROM series) ON id = series`;
}

function sealedSql(taken: readonly string[], from: number, to: number): string {
  return `
    SELECT device, quantity, ts, ${newest("newer", "sealed")}
    FROM (
      SELECT device, quantity, epoch_ms(measured_at) AS ts, value, delay_s AS delay, live::TINYINT AS live
      FROM ${parquet(taken)} WHERE measured_at >= ${moment(from)} AND measured_at < ${moment(to)}
    ) AS sealed
    FULL JOIN (
      SELECT device, quantity, ts, ${lastWord} FROM amended JOIN series ON id = series
      WHERE ts >= ${from} AND ts < ${to} GROUP BY ALL
    ) AS newer USING (device, quantity, ts)`;
}

function newest(newer: string, older: string): string {
  return `coalesce(${newer}.value, ${older}.value) AS value, coalesce(${newer}.delay, ${older}.delay) AS delay,
    coalesce(${newer}.live, false) OR (coalesce(${older}.live, 0) > 0 AND NOT coalesce(${newer}.removed, false)) AS live`;
}

/** Readings that have not reached the end of their quantity's retention. */
export function keptSql(retention: Retention, at: string, fromMs: number): string {
  const ended = [...retention]
    .filter(([, firstDay]) => startOf(firstDay) > fromMs)
    .map(([quantity, firstDay]) => `(quantity = ${text(quantity)} AND ${at} < ${startOf(firstDay)})`);
  return ended.length === 0 ? "true" : `NOT (${ended.join(" OR ")})`;
}

/**
 * `minutes` has one bit for each minute of the hour with at least one reading: a bit count is the completeness. What people ask
 * for is about one quantity of many devices: sorted so, a reader skips the others.
 */
export function hoursSql(readings: string): string {
  return `
    SELECT device, quantity, date_trunc('hour', measured_at)::TIMESTAMP_MS AS hour, count(*)::INTEGER AS n,
      sum(value) AS total, min(value) AS low, max(value) AS high,
      bit_or(1::UBIGINT << minute(measured_at)::UBIGINT) AS minutes
    FROM ${parquet([readings])} GROUP BY ALL ORDER BY quantity, device, hour`;
}
