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
import { countedDays, hoursOf, readingsOf, spanOf, talliesOf } from "./relation.ts";
import { eachChunk, rowsOf } from "./rows.ts";
import { texts } from "./sql.ts";

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
  const devices = [...new Set(query.devices)].sort();
  if (devices.length === 0) return [];
  const sql = `
    SELECT enum_code(device::ENUM(${texts(devices)}))::INTEGER, hour::DOUBLE, n::DOUBLE, ${meanOf("total", "n", "low", "high")},
      low, high
    FROM ${hoursOf(snapshot, { ...query, devices, quantities: [query.quantity] })}`;
  const byDevice = devices.map((): HourlyMean[] => []);
  await eachChunk(snapshot.connection, sql, ([at, hour, count, mean, low, high]) => {
    for (let row = 0; row < at!.length; row++)
      byDevice[at![row]!]!.push({
        device: devices[at![row]!]!,
        hourMs: hour![row]!,
        count: count![row]!,
        mean: mean![row]!,
        min: low![row]!,
        max: high![row]!,
      });
  });
  // They come a day after the other, nearly sorted: here that costs less than in the database.
  return byDevice.flatMap((means) => means.sort((one, other) => one.hourMs - other.hourMs));
}

/** Whole sealed days are counted already; what is left, at the edges and of days still open, is counted hour by hour. */
export async function completeness(
  snapshot: Snapshot,
  { quantity, ...query }: Query<"completeness">,
): Promise<Completeness[]> {
  const selection = quantity === undefined ? query : { ...query, quantities: [quantity] };
  const days = countedDays(snapshot, selection);
  const counts =
    days.counted.length === 0
      ? [byHours(hoursOf(snapshot, selection))]
      : [
          tallied(talliesOf(snapshot, selection, days), quantity !== undefined),
          byHours(hoursOf(snapshot, { ...selection, ...spanOf(days) }, days.others)),
          ...edgesOf(selection, spanOf(days)).map((edge) =>
            byHours(hoursOf(snapshot, { ...selection, ...edge })),
          ),
        ];
  const sql = `
    SELECT device, sum(minutes)::DOUBLE, sum(hours)::DOUBLE, sum(n)::DOUBLE
    FROM (${counts.join(" UNION ALL ")}) GROUP BY device ORDER BY device`;
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

function byHours(hours: string): string {
  return `
    SELECT device, sum(bit_count(minutes)) AS minutes, count(*) AS hours, sum(n) AS n
    FROM (SELECT device, hour, bit_or(minutes) AS minutes, sum(n) AS n FROM ${hours} GROUP BY device, hour)
    GROUP BY device`;
}

function tallied(tallies: string, ofOneQuantity: boolean): string {
  const [minutes, hours] = ofOneQuantity
    ? ["minutes", "bit_count(heard)"]
    : ["device_minutes", "device_hours"];
  return `SELECT device, sum(${minutes}) AS minutes, sum(${hours}) AS hours, sum(readings) AS n FROM ${tallies} GROUP BY device`;
}

/** What of a span is outside an inner one. */
function edgesOf(span: Span, inner: Span): Span[] {
  return [
    { fromMs: span.fromMs, toMs: inner.fromMs },
    { fromMs: inner.toMs, toMs: span.toMs },
  ].filter(({ fromMs, toMs }) => fromMs < toMs);
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
