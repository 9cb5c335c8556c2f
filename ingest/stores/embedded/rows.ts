import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";

/**
 * Runs a query and makes one object of each row, a chunk at a time, so that a large result never holds up the event
 * loop. (Not by `stream()`: in DuckDB 1.5 that hangs for ever on an anti join under a union.)
 */
export async function rowsOf<Row>(
  connection: DuckDBConnection,
  sql: string,
  toRow: (...cells: never[]) => Row,
): Promise<Row[]> {
  const result = await connection.run(sql);
  const rows: Row[] = [];
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    addRows(rows, chunk, toRow as (...cells: unknown[]) => Row);
  }
  return rows;
}

/**
 * Runs a query of numbers, none of them null, and hands over its columns a chunk at a time: of integers an `Int32Array`, of
 * doubles a `Float64Array`, both to be read at once. A number object for each cell would cost more than the query.
 */
export async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  take: (columns: readonly NumberColumn[]) => void,
): Promise<void> {
  const result = await connection.run(sql);
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const { rowCount } = chunk;
    const columns = Array.from({ length: chunk.columnCount }, (_, at) => {
      const { items } = chunk!.getColumnVector(at) as unknown as { readonly items: NumberColumn };
      return items.subarray(0, rowCount);
    });
    take(columns);
  }
}

export type NumberColumn = Int32Array | Float64Array;

/** The only row of a query. */
export async function rowOf<Row>(
  connection: DuckDBConnection,
  sql: string,
  toRow: (...cells: never[]) => Row,
): Promise<Row> {
  const [row] = await rowsOf(connection, sql, toRow);
  if (row === undefined) throw new Error(`no row from: ${sql}`);
  return row;
}

function addRows<Row>(rows: Row[], chunk: DuckDBDataChunk, toRow: (...cells: unknown[]) => Row): void {
  const columns = chunk.getColumns();
  for (let index = 0; index < chunk.rowCount; index += 1) {
    rows.push(toRow(...columns.map((column) => column[index])));
  }
}
