import type { DuckDBConnection } from "@duckdb/node-api";

type Cell = string | number | bigint | boolean | null;

/**
 * Runs a query and makes one object of each row, a chunk at a time, so that a large result never holds up the event
 * loop. (Not by `stream()`: in DuckDB 1.5 that hangs for ever on an anti join under a union.)
 */
export async function rowsOf<Row>(
  connection: DuckDBConnection,
  sql: string,
  toRow: (...cells: never[]) => Row,
): Promise<Row[]> {
  const rows: Row[] = [];
  await columnsOf(connection, sql, (count, columns) => {
    addRows(rows, count, columns, toRow as (...cells: Cell[]) => Row);
  });
  return rows;
}

/** Runs a query and hands over its rows by column, a chunk of some 2,000 at a time. */
export async function columnsOf(
  connection: DuckDBConnection,
  sql: string,
  take: (rows: number, columns: readonly (readonly Cell[])[]) => void,
): Promise<void> {
  const result = await connection.run(sql);
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    take(chunk.rowCount, chunk.getColumns() as Cell[][]);
  }
}

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

function addRows<Row>(
  rows: Row[],
  count: number,
  columns: readonly (readonly Cell[])[],
  toRow: (...cells: Cell[]) => Row,
): void {
  for (let index = 0; index < count; index += 1) {
    rows.push(toRow(...columns.map((column) => column[index]!)));
  }
}
