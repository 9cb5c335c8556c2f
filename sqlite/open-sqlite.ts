import { DatabaseSync } from "node:sqlite";

export type { DatabaseSync } from "node:sqlite";

/** One step of a schema: runs once, in order, inside a transaction; never edited after it has shipped. */
export type Migration = string;

/**
 * Opens (or makes) a SQLite file for small transactional state: write-ahead log, and every commit on disk
 * before it returns, so what a caller told somebody is still there after a power cut.
 *
 * @param file path of the database, or `:memory:`
 * @param migrations the whole history of the schema; those not yet applied are applied now
 * @throws SchemaTooNew when the file was written by a newer version of the program
 */
export function openSqlite(file: string, migrations: readonly Migration[]): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    useWriteAheadLog(db);
    db.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    migrate(db, migrations, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Going on would lose what the newer version has written. */
export class SchemaTooNew extends Error {
  override readonly name = "SchemaTooNew";
}

const busyTimeoutMs = 5_000;
const sqliteBusy = 5;

/**
 * The switch to the write-ahead log does not wait for others as every other statement does: of two processes that make the
 * same file at the same moment one is told "busy" at once. So it is tried again, once the other is done.
 */
function useWriteAheadLog(db: DatabaseSync): void {
  for (let attempt = 1; ; attempt++) {
    try {
      db.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== sqliteBusy || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyTimeoutMs / 100);
    }
  }
}

/** Runs `work` in one transaction: everything it wrote is kept, or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function migrate(db: DatabaseSync, migrations: readonly Migration[], file: string): void {
  const applied = () => (db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  if (applied() === migrations.length) return;
  transaction(db, () => {
    // Asked again inside the transaction: another process may have migrated while this one waited.
    const from = applied();
    if (from > migrations.length) {
      throw new SchemaTooNew(
        `${file} has schema version ${from}, this program knows ${migrations.length}: it was written by a newer version`,
      );
    }
    for (const step of migrations.slice(from)) db.exec(step);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}
