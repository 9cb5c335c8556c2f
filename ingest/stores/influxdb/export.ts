import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadingStore, StoredReading } from "../reading-store.ts";

type Query = Parameters<ReadingStore["export"]>[0];

const heading = "device,quantity,unit,measured_at,received_at,value\n";

/**
 * Writes readings as one file, which appears under its name when it is complete.
 *
 * @param rows in the order of the file
 * @returns the number of rows
 */
export async function exportReadings(
  rows: AsyncIterable<StoredReading>,
  { file, format }: Pick<Query, "file" | "format">,
  units: ReadonlyMap<string, { readonly unit: string }>,
): Promise<number> {
  const [csv, parquet] = [`${file}.csv.partial`, `${file}.parquet.partial`];
  try {
    const count = await writeCsv(rows, csv, units);
    if (format === "parquet") await csvToParquet(csv, parquet);
    await rename(format === "csv" ? csv : parquet, file);
    return count;
  } finally {
    await rm(csv, { force: true });
    await rm(parquet, { force: true });
  }
}

async function writeCsv(
  rows: AsyncIterable<StoredReading>,
  file: string,
  units: ReadonlyMap<string, { readonly unit: string }>,
): Promise<number> {
  let count = 0;
  async function* lines() {
    yield heading;
    for await (const row of rows) {
      count += 1;
      yield csvLine(row, units.get(row.quantity)?.unit ?? "");
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return count;
}

function csvLine(
  { device, quantity, measuredAtMs, receivedAtMs, value }: StoredReading,
  unit: string,
): string {
  const times = [measuredAtMs, receivedAtMs].map((ms) => new Date(ms).toISOString());
  return `${[device, quantity, unit].map(quoted).join(",")},${times.join(",")},${value}\n`;
}

/** RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The same columns as the embedded store's. */
async function csvToParquet(csv: string, parquet: string): Promise<void> {
  // Only loaded for this: whoever keeps readings in InfluxDB seldom needs it.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "128MB" });
  try {
    const connection = await instance.connect();
    const path = (name: string) => `'${name.replaceAll("'", "''")}'`;
    await connection.run(`
      COPY (
        SELECT device, quantity, nullif(unit, '') AS unit, measured_at::TIMESTAMP_MS AS measured_at,
          received_at::TIMESTAMP_MS AS received_at, value
        FROM read_csv(${path(csv)}, header = true, auto_detect = false, quote = '"', escape = '"', columns = {
          device: 'VARCHAR', quantity: 'VARCHAR', unit: 'VARCHAR', measured_at: 'VARCHAR', received_at: 'VARCHAR',
          value: 'DOUBLE'})
      ) TO ${path(parquet)} (FORMAT parquet, COMPRESSION zstd)`);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
