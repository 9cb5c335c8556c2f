import { BIGINT, DOUBLE, type DuckDBConnection, DuckDBDataChunk, INTEGER, TINYINT } from "@duckdb/node-api";

/** DuckDB's vector size: the most rows a chunk can have. */
const chunkRows = 2048;

/** What the bindings' vectors are inside. Filling `items` as a block is what makes 10⁶ rows a second possible. */
interface RawVector {
  readonly items: ArrayBufferView;
  flush(): void;
}

/** Fills one table of readings, row after row, inside the connection's current transaction. */
export interface RowAppender {
  add(series: number, atMs: number, value: number, delayS: number, live: boolean, seq: number): void;
  /** Hands every added row to the transaction. */
  flush(): void;
  /** Lets go of the table; rows not flushed are dropped. */
  close(): void;
}

/**
 * @param table `tail`, whose rows have no sequence number, or a table that has one as its last column
 */
export async function openRowAppender(connection: DuckDBConnection, table: string): Promise<RowAppender> {
  const appender = await connection.createAppender(table);
  const types = [INTEGER, BIGINT, DOUBLE, INTEGER, TINYINT, DOUBLE].slice(0, appender.columnCount);
  const series = new Int32Array(chunkRows);
  // Times as two halves of a 64-bit number, low one first: a BigInt for each row would cost more than all the rest.
  const at = new Uint32Array(2 * chunkRows);
  const value = new Float64Array(chunkRows);
  const delay = new Int32Array(chunkRows);
  const live = new Int8Array(chunkRows);
  const seq = new Float64Array(chunkRows);
  const columns = [series, at, value, delay, live, seq].slice(0, appender.columnCount);
  let rows = 0;

  function handOver(): void {
    if (rows === 0) return;
    const chunk = DuckDBDataChunk.create(types, rows);
    columns.forEach((column, index) => {
      fill(chunk.getColumnVector(index) as unknown as RawVector, column);
    });
    appender.appendDataChunk(chunk);
    rows = 0;
  }

  return {
    add(seriesId, atMs, reading, delayS, isLive, sequence) {
      series[rows] = seriesId;
      at[2 * rows] = atMs >>> 0;
      at[2 * rows + 1] = Math.floor(atMs / 2 ** 32);
      value[rows] = reading;
      delay[rows] = delayS;
      live[rows] = isLive ? 1 : 0;
      seq[rows] = sequence;
      rows += 1;
      if (rows === chunkRows) handOver();
    },
    flush() {
      handOver();
      appender.flushSync();
    },
    close() {
      // Closing would flush what a failed write left behind, outside of any transaction.
      appender.clear();
      appender.closeSync();
    },
  };
}

function fill(vector: RawVector, column: ArrayBufferView): void {
  const target = bytesOf(vector.items);
  target.set(bytesOf(column).subarray(0, target.length));
  vector.flush();
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
