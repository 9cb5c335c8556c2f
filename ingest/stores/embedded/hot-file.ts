import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Manifest } from "./manifest.ts";
import { rowOf, rowsOf } from "./rows.ts";
import { text } from "./sql.ts";

/** How much of the machine the database may take. */
export interface DatabaseLimits {
  readonly memoryLimitMb: number;
  readonly threads: number;
}

/** An open hot file: readings not yet sealed, all of which the journal and the rewrites can give again. */
export interface HotFile {
  readonly instance: DuckDBInstance;
  /** The writer's connection. */
  readonly connection: DuckDBConnection;
  /** Whether the file was empty, so that the journal has to be read again from `coveredPosition`. */
  readonly fresh: boolean;
}

const fileName = "hot.duckdb";
const damagedName = "hot.damaged.duckdb";

const hotView =
  "CREATE VIEW hot AS SELECT series, ts, value, delay, live FROM body UNION ALL SELECT * FROM tail;";

/**
 * `hot` holds rows whose keys are unique: the newest in `tail` as they came, the others in `body`, in runs sorted by
 * quantity and series, of which a query about one quantity skips most. A quantity has the number of the first series
 * about it. `late` (days still open) and `amended` (days already sealed) hold rows that came for a time at or before the
 * newest of their series: they outrank `hot` and the sealed files, and among themselves the highest `seq` wins. No primary
 * key and no index: they would cost seven times the space and a sixth of the speed, and indexes of DuckDB 1.5 have been
 * damaged by log replay.
 */
const schema = `
  CREATE TABLE series (id INTEGER, device VARCHAR, quantity VARCHAR);
  CREATE TABLE tail (series INTEGER, ts BIGINT, value DOUBLE, delay INTEGER, live TINYINT);
  CREATE TABLE body (quantity INTEGER, series INTEGER, ts BIGINT, value DOUBLE, delay INTEGER, live TINYINT);
  ${hotView}
  CREATE TABLE late (series INTEGER, ts BIGINT, value DOUBLE, delay INTEGER, live TINYINT, seq DOUBLE);
  CREATE TABLE amended (series INTEGER, ts BIGINT, value DOUBLE, delay INTEGER, live TINYINT, seq DOUBLE);
  CREATE TABLE unsealed (day INTEGER, since BIGINT);
  CREATE TABLE progress (store VARCHAR, cursor BIGINT, generation INTEGER, rewrites INTEGER);
`;

/**
 * Opens the hot file. One that is damaged, or belongs to another or a newer list of sealed files, is put aside under
 * the name `hot.damaged.duckdb` and a fresh one takes its place.
 *
 * @throws when the file cannot be used for a reason that a fresh one would not mend: another process has it open, the
 *   disk is full, permission is missing
 */
export async function openHotFile(
  folder: string,
  manifest: Manifest,
  limits: DatabaseLimits,
  warn: (details: object, message: string) => void,
): Promise<HotFile> {
  try {
    return await open(folder, manifest, limits);
  } catch (error) {
    if (wouldFailAgain(error)) throw error;
    const aside = join(folder, damagedName);
    await putAside(folder);
    warn({ err: error, aside }, "the hot file was unusable: put aside, to be rebuilt from the journal");
    return open(folder, manifest, limits);
  }
}

/** Lets go of the file; what has been committed stays. */
export function closeHotFile({ connection, instance }: HotFile): void {
  connection.closeSync();
  instance.closeSync();
}

async function open(folder: string, manifest: Manifest, limits: DatabaseLimits): Promise<HotFile> {
  const path = join(folder, fileName);
  // A write-ahead log without its database would be replayed into the new one.
  if (!existsSync(path)) await rm(`${path}.wal`, { force: true });
  const instance = await DuckDBInstance.create(path, {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryLimitMb}MB`,
    temp_directory: join(folder, "spill"),
    // Nothing is ever fetched from the network, and no file of the folder can make the database load code.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    // For every connection, those of the readers above all.
    await connection.run("SET GLOBAL parquet_metadata_cache = true");
    const fresh = await isEmpty(connection);
    if (fresh) await create(connection, manifest);
    else await takeUp(connection, manifest);
    return { instance, connection, fresh };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function isEmpty(connection: DuckDBConnection): Promise<boolean> {
  return rowOf(connection, "SELECT count(*) FROM duckdb_tables()", (tables: bigint) => tables === 0n);
}

async function create(connection: DuckDBConnection, manifest: Manifest): Promise<void> {
  await connection.run(`
    BEGIN;
    ${schema}
    INSERT INTO progress VALUES (${text(manifest.store)}, ${manifest.coveredPosition}, ${manifest.generation}, 0);
    COMMIT;
  `);
}

async function takeUp(connection: DuckDBConnection, manifest: Manifest): Promise<void> {
  await verify(connection, manifest);
  await arrangeBody(connection);
}

/** A run for the body out of rows of `hot`. */
export function sortedRun(rows: string): string {
  return `
    SELECT quantities.first AS quantity, series, ts, value, delay, live FROM ${rows}
    JOIN (SELECT id, min(id) OVER (PARTITION BY quantity) AS first FROM series) AS quantities ON id = series
    ORDER BY first, series, ts`;
}

/** Bodies of earlier versions are sorted by series alone. */
async function arrangeBody(connection: DuckDBConnection): Promise<void> {
  const columns = await rowsOf(
    connection,
    "SELECT name FROM pragma_table_info('body')",
    (name: string) => name,
  );
  if (columns.includes("quantity")) return;
  await connection.run(`
    BEGIN;
    CREATE TABLE arranged AS ${sortedRun("body")};
    DROP VIEW hot;
    DROP TABLE body;
    ALTER TABLE arranged RENAME TO body;
    ${hotView}
    COMMIT;
  `);
}

async function verify(connection: DuckDBConnection, manifest: Manifest): Promise<void> {
  const { store, generation } = await rowOf(
    connection,
    "SELECT store, generation FROM progress",
    (store: string, generation: number) => ({ store, generation }),
  );
  if (store !== manifest.store || generation > manifest.generation) {
    throw new Error("the hot file belongs to another list of sealed files");
  }
  // Blocks carry checksums and are checked when read: read every one, so that damage shows now and not at midnight.
  for (const table of ["body", "tail", "late", "amended"]) {
    // Sums, because a maximum is answered from the statistics alone.
    const sums = "sum(series), sum(ts), sum(value), sum(delay), sum(live)";
    await rowsOf(connection, `SELECT ${sums} FROM ${table}`, () => null);
  }
}

function wouldFailAgain(error: unknown): boolean {
  return /lock on file|permission denied|read-only|no space left|not permitted|too many open files/i.test(
    String(error),
  );
}

async function putAside(folder: string): Promise<void> {
  const path = join(folder, fileName);
  await rename(path, join(folder, damagedName)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rm(`${path}.wal`, { force: true });
}
