import { bucketWidthMs } from "../bucket-width.ts";
import type {
  Bucket,
  Completeness,
  HourlyMean,
  ReadingStore,
  Span,
  StoredReading,
} from "../reading-store.ts";
import { hourMs } from "./day.ts";
import type { Snapshot } from "./reader.ts";
import { hoursOf, readingsOf } from "./relation.ts";
import { rowsOf } from "./rows.ts";

type Query<Name extends "series" | "readings" | "hourlyMeans" | "completeness"> = Parameters<
  ReadingStore[Name]
>[0];

/**
 * The mean of a group by its sum and count, kept between its extremes: rounding must not lead out of them, nor a sum
 * that exceeds the range of numbers.
 */
function meanOf(total: string, count: string, low: string, high: string): string {
  return `greatest(${low}, least(${high}, ${total} / ${count}))`;
}

export async function series(snapshot: Snapshot, query: Query<"series">): Promise<Bucket[]> {
  const { fromMs, buckets, device, quantity } = query;
  const widthMs = bucketWidthMs(query, buckets);
  const selection = { ...query, devices: [device], quantities: [quantity] };
  const byHour = widthMs % hourMs === 0 && fromMs % hourMs === 0;
  const parts = byHour
    ? `SELECT hour AS ts, n, total, low, high FROM ${hoursOf(snapshot, selection)}`
    : `SELECT ts, 1 AS n, value AS total, value AS low, value AS high FROM ${readingsOf(snapshot, selection)}`;
  const sql = `
    SELECT (${fromMs} + (ts - ${fromMs}) // ${widthMs} * ${widthMs})::DOUBLE AS start, sum(n)::DOUBLE,
      ${meanOf("sum(total)", "sum(n)", "min(low)", "max(high)")}, min(low), max(high)
    FROM (${parts}) GROUP BY start ORDER BY start`;
  return rowsOf(
    snapshot.connection,
    sql,
    (startMs: number, count: number, mean: number, min: number, max: number) => ({
      startMs,
      count,
      mean,
      min,
      max,
    }),
  );
}

export async function readings(snapshot: Snapshot, query: Query<"readings">): Promise<StoredReading[]> {
  const sql = `
    SELECT device, quantity, ts::DOUBLE, value, delay FROM ${readingsOf(snapshot, query)}
    WHERE ${receivedIn(query.received)} ORDER BY device, quantity, ts LIMIT ${query.limit}`;
  return rowsOf(
    snapshot.connection,
    sql,
    (device: string, quantity: string, measuredAtMs: number, value: number, delayS: number) => ({
      device,
      quantity,
      measuredAtMs,
      receivedAtMs: measuredAtMs + delayS * 1000,
      value,
    }),
  );
}

export async function hourlyMeans(snapshot: Snapshot, query: Query<"hourlyMeans">): Promise<HourlyMean[]> {
  const sql = `
    SELECT device, hour::DOUBLE, n::DOUBLE, ${meanOf("total", "n", "low", "high")}, low, high
    FROM ${hoursOf(snapshot, { ...query, quantities: [query.quantity] })} ORDER BY device, hour`;
  return rowsOf(
    snapshot.connection,
    sql,
    (device: string, hour: number, count: number, mean: number, min: number, max: number) => ({
      device,
      hourMs: hour,
      count,
      mean,
      min,
      max,
    }),
  );
}

export async function completeness(
  snapshot: Snapshot,
  { quantity, ...query }: Query<"completeness">,
): Promise<Completeness[]> {
  const selection = quantity === undefined ? query : { ...query, quantities: [quantity] };
  const sql = `
    SELECT device, sum(bit_count(minutes))::DOUBLE, count(*)::DOUBLE, sum(n)::DOUBLE FROM (
      SELECT device, hour, bit_or(minutes) AS minutes, sum(n) AS n FROM ${hoursOf(snapshot, selection)}
      GROUP BY device, hour
    ) GROUP BY device ORDER BY device`;
  return rowsOf(
    snapshot.connection,
    sql,
    (device: string, minutesWithData: number, hoursWithData: number, readings: number) => ({
      device,
      minutesWithData,
      hoursWithData,
      readings,
    }),
  );
}

/** Times of arrival are kept to the second: the nearest one counts. */
function receivedIn(received: Span | undefined): string {
  if (received === undefined) return "true";
  const at = "ts + delay::BIGINT * 1000";
  return `${at} >= ${Math.floor(received.fromMs) - 500} AND ${at} < ${Math.ceil(received.toMs) + 500}`;
}

/** The same span in whole milliseconds: SQL is given no fractions. */
export function wholeMilliseconds<Q extends Span>(query: Q): Q {
  return { ...query, fromMs: Math.ceil(query.fromMs), toMs: Math.ceil(query.toMs) };
}
