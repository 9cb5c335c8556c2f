import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalog } from "./catalog.ts";
import { type Day, dayMs } from "./day.ts";
import type { HotFile } from "./hot-file.ts";
import type { Manifest } from "./manifest.ts";
import { rowOf, rowsOf } from "./rows.ts";
import type { SeriesBook } from "./series-book.ts";
import { createTurns } from "./turns.ts";

/** The store as it was at one moment: nothing that is written meanwhile shows. */
export interface Snapshot {
  readonly connection: DuckDBConnection;
  readonly manifest: Manifest;
  readonly book: SeriesBook;
  readonly path: (file: string) => string;
  readonly hasLate: boolean;
  /** Sealed days for which newer rows wait in `amended`. */
  readonly amendedDays: ReadonlySet<Day>;
}

/** Runs queries on snapshots, at most two at a time: more would starve the thread pool that file writes need as well. */
export interface Reader {
  query<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** Waits until no query runs, and keeps others waiting while `work` goes on. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

const queriesAtOnce = 2;

/** @param opened the hot file and its series as they are now: both change when the file has to be opened again */
export function createReader(
  opened: () => { readonly file: HotFile; readonly book: SeriesBook },
  catalog: Catalog,
): Reader {
  const turns = createTurns(queriesAtOnce);
  return {
    query: (work) =>
      turns.take(async () => {
        const { file, book } = opened();
        const release = catalog.hold();
        const connection = await file.instance.connect();
        try {
          return await work(await begin(connection, catalog, book));
        } finally {
          connection.closeSync();
          await release();
        }
      }),
    exclusively: (work) => turns.takeAll(work),
  };
}

async function begin(connection: DuckDBConnection, catalog: Catalog, book: SeriesBook): Promise<Snapshot> {
  await connection.run("BEGIN TRANSACTION READ ONLY");
  const generation = await rowOf(connection, "SELECT generation FROM progress", (value: number) => value);
  const late = await rowsOf(connection, "SELECT 1 FROM late LIMIT 1", () => true);
  const amended = `SELECT DISTINCT (ts // ${dayMs})::INTEGER FROM amended`;
  return {
    connection,
    manifest: catalog.at(generation),
    book,
    path: catalog.path,
    hasLate: late.length > 0,
    amendedDays: new Set(await rowsOf(connection, amended, (day: number) => day)),
  };
}
