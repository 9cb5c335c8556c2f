import { rename, rm } from "node:fs/promises";
import type { ReadingStore } from "../reading-store.ts";
import { partialEnding } from "./durable-file.ts";
import type { Snapshot } from "./reader.ts";
import { readingsOf } from "./relation.ts";
import { rowOf } from "./rows.ts";
import { text } from "./sql.ts";

type Export = Parameters<ReadingStore["export"]>[0];
type Units = ReadonlyMap<string, { readonly unit: string }>;

/**
 * Writes readings as one file, which appears under its name when it is complete.
 *
 * @returns the number of rows
 */
export async function exportReadings(snapshot: Snapshot, query: Export, units: Units): Promise<number> {
  const partial = query.file + partialEnding;
  const sql = query.format === "csv" ? csvSql(snapshot, query, units) : parquetSql(snapshot, query, units);
  const format = query.format === "csv" ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
  try {
    const rows = await rowOf(
      snapshot.connection,
      `COPY (${sql}) TO ${text(partial)} (${format})`,
      (count: bigint) => Number(count),
    );
    await rename(partial, query.file);
    return rows;
  } finally {
    await rm(partial, { force: true });
  }
}

function csvSql(snapshot: Snapshot, query: Export, units: Units): string {
  return `
    SELECT device, quantity, ${unitSql(units)} AS unit, ${rfc3339("ts")} AS measured_at,
      ${rfc3339("ts + delay * 1000::BIGINT")} AS received_at, value
    FROM ${readingsOf(snapshot, query)} ORDER BY device, quantity, ts`;
}

function parquetSql(snapshot: Snapshot, query: Export, units: Units): string {
  return `
    SELECT device, quantity, ${unitSql(units)} AS unit, make_timestamp_ms(ts)::TIMESTAMP_MS AS measured_at,
      make_timestamp_ms(ts + delay * 1000::BIGINT)::TIMESTAMP_MS AS received_at, value
    FROM ${readingsOf(snapshot, query)} ORDER BY device, quantity, ts`;
}

function unitSql(units: Units): string {
  const cases = [...units].map(([quantity, { unit }]) => `WHEN ${text(quantity)} THEN ${text(unit)}`);
  return cases.length === 0 ? "NULL" : `CASE quantity ${cases.join(" ")} END`;
}

function rfc3339(ms: string): string {
  return `strftime(make_timestamp_ms(${ms}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
