import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openInfluxBook, targetOf } from "../book.ts";
import { createInfluxClient } from "../influx-client.ts";
import { type InfluxStoreParts, openInfluxStore } from "../open-influx-store.ts";
import { type AccountLine, accountOf, missingOf } from "./account.ts";
import { type CopyParts, copyHistory } from "./copy-history.ts";
import { dayMs } from "./days-with-readings.ts";
import type { HistorySnapshot } from "./history-snapshot.ts";
import { openMigrationLedger } from "./ledger.ts";

export interface MigrationParts extends Pick<CopyParts, "again" | "onProgress" | "stop">, InfluxStoreParts {
  readonly history: HistorySnapshot;
  /** SQLite file that remembers what has been copied. Made if it is not there. */
  readonly ledgerFile: string;
  /** For files in between. */
  readonly folder: string;
}

export interface Migrated {
  readonly daysCopied: number;
  /** Of every day that was ever copied to this database. */
  readonly account: readonly AccountLine[];
  /** Where the server will read the journal on when it is switched over; null when it has been already, or something is missing. */
  readonly handedOverAt: number | null;
}

/**
 * Copies the history of an embedded store to an InfluxDB, counts both sides, and, if nothing is missing, sees to it that a server which is
 * switched over goes on in the journal where the history ends.
 *
 * @throws InfluxError for what waiting does not mend; what was copied stays copied
 */
export async function migrateHistory(parts: MigrationParts): Promise<Migrated> {
  const { settings, history, now } = parts;
  const target = targetOf(settings);
  await mkdir(parts.folder, { recursive: true, mode: 0o700 });
  const ledger = openMigrationLedger(parts.ledgerFile, target);
  const destination = await openInfluxStore(parts);
  const book = openInfluxBook(parts.bookFile, target);
  try {
    const span = { fromMs: 0, toMs: Math.ceil(now() / dayMs + mostDaysAhead) * dayMs };
    const daysCopied = await copyHistory({ ...parts, span, source: history.store, destination, ledger });
    const client = createInfluxClient(settings, { now });
    const account = await accountOf(client, ledger.days(), book.refused.list({ limit: everyOne }));
    const isWhole = account.every((line) => missingOf(line) <= 0);
    const mayHandOver = [0, ledger.handedOverAt()].includes(book.cursor());
    if (!isWhole || !mayHandOver) return { daysCopied, account, handedOverAt: null };
    // In this order: should it break off between the two, the server reads more of the journal than it must, and not less.
    const at = history.coveredPosition;
    ledger.handOver(at);
    book.save(at, []);
    return { daysCopied, account, handedOverAt: at };
  } finally {
    book.close();
    await destination.close();
    ledger.close();
  }
}

/** As a limit, none: SQLite takes it so. */
const everyOne = -1;
/** No clock is believed that is further ahead. */
const mostDaysAhead = 1;

/** Names of what a migration keeps in a data folder. */
export function migrationFiles(dataFolder: string): {
  readonly ledgerFile: string;
  readonly folder: string;
  readonly snapshot: string;
} {
  return {
    ledgerFile: join(dataFolder, "influxdb-migration.db"),
    folder: join(dataFolder, "migration", "exports"),
    snapshot: join(dataFolder, "migration"),
  };
}
