import { rename, rm } from "node:fs/promises";
import type { ReadingStore } from "../reading-store.ts";
import { partialEnding } from "./durable-file.ts";
import type { Snapshot } from "./reader.ts";
import { overlapping, readingsOf } from "./relation.ts";
import { rowOf } from "./rows.ts";
import { parquet, text } from "./sql.ts";

type Export = Parameters<ReadingStore["export"]>[0];
type Units = ReadonlyMap<string, { readonly unit: string }>;

/**
 * Writes readings as one file, ordered by device, quantity and time, which appears under its name when it is complete.
 *
 * @param rowsAtOnce about so many are ordered at a time
 * @returns the number of rows
 */
export async function exportReadings(
  snapshot: Snapshot,
  query: Export,
  units: Units,
  rowsAtOnce: number,
): Promise<number> {
  const partial = query.file + partialEnding;
  const ordered = (where: string) =>
    `SELECT device, quantity, ts, delay, value FROM ${readingsOf(snapshot, query)} WHERE ${where} ORDER BY ALL`;
  const parts: string[] = [];
  try {
    const ranges = await deviceRanges(snapshot, query, rowsAtOnce);
    if (ranges.length > 1) {
      for (const where of ranges) {
        const part = `${partial}.${parts.length}`;
        parts.push(part);
        await copyTo(snapshot, ordered(where), part, parquetFormat);
      }
    }
    const source = parts.length === 0 ? `(${ordered("true")})` : parquet(parts);
    const rows = await (query.format === "csv"
      ? copyTo(snapshot, csvSql(source, units), partial, "FORMAT csv, HEADER")
      : copyTo(snapshot, parquetSql(source, units), partial, parquetFormat));
    await rename(partial, query.file);
    return rows;
  } finally {
    for (const file of [partial, ...parts]) await rm(file, { force: true });
  }
}

const parquetFormat = "FORMAT parquet, COMPRESSION zstd";

/** The order of the rows is kept, on several threads as well. */
function copyTo({ connection }: Snapshot, sql: string, file: string, format: string): Promise<number> {
  return rowOf(connection, `COPY (${sql}) TO ${text(file)} (${format})`, (count: bigint) => Number(count));
}

/**
 * Conditions on the device that together hold for each one, in the order of their names. They are ranges and not lists, so that
 * a device that only the sealed files know is in one of them.
 */
async function deviceRanges(
  snapshot: Snapshot,
  query: Export,
  rowsAtOnce: number,
): Promise<readonly string[]> {
  const { connection, manifest, book } = snapshot;
  const unsealed = await rowOf(connection, "SELECT count(*) FROM hot", (count: bigint) => Number(count));
  const rows = overlapping(manifest.files, query).reduce((sum, file) => sum + file.rows, unsealed);
  const known = new Set([...book.all()].map(({ device }) => device));
  const devices = [...(query.devices ?? known)].map((id) => Buffer.from(id)).toSorted(Buffer.compare);
  const wanted = (rows * devices.length) / Math.max(1, known.size);
  const atOnce = Math.max(1, Math.floor((devices.length * rowsAtOnce) / Math.max(1, wanted)));
  // The database compares names byte by byte.
  const firsts = devices.filter((_, n) => n > 0 && n % atOnce === 0).map((id) => text(String(id)));
  return [...firsts, null].map((next, n) => {
    const from = n === 0 ? "true" : `device >= ${firsts[n - 1]}`;
    return next === null ? from : `${from} AND device < ${next}`;
  });
}

function csvSql(source: string, units: Units): string {
  return `
    SELECT device, quantity, ${unitSql(units)} AS unit, ${rfc3339("ts")} AS measured_at,
      ${rfc3339("ts + delay * 1000::BIGINT")} AS received_at, value
    FROM ${source}`;
}

function parquetSql(source: string, units: Units): string {
  return `
    SELECT device, quantity, ${unitSql(units)} AS unit, make_timestamp_ms(ts)::TIMESTAMP_MS AS measured_at,
      make_timestamp_ms(ts + delay * 1000::BIGINT)::TIMESTAMP_MS AS received_at, value
    FROM ${source}`;
}

function unitSql(units: Units): string {
  const cases = [...units].map(([quantity, { unit }]) => `WHEN ${text(quantity)} THEN ${text(unit)}`);
  return cases.length === 0 ? "NULL" : `CASE quantity ${cases.join(" ")} END`;
}

function rfc3339(ms: string): string {
  return `strftime(make_timestamp_ms(${ms}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
