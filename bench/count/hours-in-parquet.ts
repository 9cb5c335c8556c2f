import { DuckDBInstance } from "@duckdb/node-api";
import { createExportedHours } from "../../app/linkage/testing/exported-hours.ts";
import { eachChunk, rowsOf } from "../../ingest/stores/embedded/rows.ts";
import { text, texts } from "../../ingest/stores/embedded/sql.ts";

/** Whose readings are in memory at one time. */
const devicesAtOnce = 50;

/** As of `createExportedHours`, from an exported file of any size. */
export async function hoursInParquet(
  file: string,
  devices: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const hours = createExportedHours();
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const source = `read_parquet(${text(file)})`;
  const quantities = await rowsOf(
    connection,
    `SELECT DISTINCT quantity FROM ${source} ORDER BY 1`,
    (quantity: string) => quantity,
  );
  const sorted = devices.toSorted();
  for (let from = 0; from < sorted.length; from += devicesAtOnce) {
    const some = sorted.slice(from, from + devicesAtOnce);
    const sql = `
      SELECT enum_code(device::ENUM(${texts(some)}))::INTEGER, enum_code(quantity::ENUM(${texts(quantities)}))::INTEGER,
        epoch_ms(measured_at)::DOUBLE, value
      FROM ${source} WHERE device BETWEEN ${text(some[0]!)} AND ${text(some.at(-1)!)}
      ORDER BY 1, 2, 3`;
    await eachChunk(connection, sql, ([device, quantity, atMs, value]) => {
      for (let row = 0; row < device!.length; row++)
        hours.add(some[device![row]!]!, quantities[quantity![row]!]!, atMs![row]!, value![row]!);
    });
  }
  connection.closeSync();
  instance.closeSync();
  return hours.byDevice();
}
