import { openSqlite, transaction } from "../../../../sqlite/open-sqlite.ts";
import type { Position } from "../../../journal/journal.ts";

/** How many readings of each quantity. */
export type CountByQuantity = ReadonlyMap<string, number>;

/** What has been copied to one database of one server. */
export interface MigrationLedger {
  /** Days that were copied to their end, by the milliseconds at which they begin, in order. */
  days(): Map<number, CountByQuantity>;
  /** Notes a whole day, in place of what was noted of it before. */
  note(dayStartMs: number, counts: CountByQuantity): void;
  /** Where the journal was to be read on when a copy was last complete; null before. */
  handedOverAt(): Position | null;
  handOver(at: Position): void;
  close(): void;
}

const migrations = [
  `CREATE TABLE copied (
     target TEXT NOT NULL, day_start_ms INTEGER NOT NULL, quantity TEXT NOT NULL, readings INTEGER NOT NULL,
     PRIMARY KEY (target, day_start_ms, quantity)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE handed_over (target TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;`,
];

/** @param target as `targetOf` names a database of a server */
export function openMigrationLedger(file: string, target: string): MigrationLedger {
  const db = openSqlite(file, migrations);
  const list = db.prepare(
    "SELECT day_start_ms AS day, quantity, readings FROM copied WHERE target = ? ORDER BY day_start_ms, quantity",
  );
  const forget = db.prepare("DELETE FROM copied WHERE target = ? AND day_start_ms = ?");
  const add = db.prepare("INSERT INTO copied VALUES (?, ?, ?, ?)");
  const readPosition = db.prepare("SELECT position FROM handed_over WHERE target = ?");
  const savePosition = db.prepare(
    "INSERT INTO handed_over VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position",
  );

  return {
    days() {
      const rows = list.all(target) as unknown as { day: number; quantity: string; readings: number }[];
      const byDay = Map.groupBy(rows, ({ day }) => day);
      return new Map(
        [...byDay].map(([day, counts]) => [
          day,
          new Map(counts.map(({ quantity, readings }) => [quantity, readings])),
        ]),
      );
    },
    note(dayStartMs, counts) {
      transaction(db, () => {
        forget.run(target, dayStartMs);
        for (const [quantity, readings] of counts) add.run(target, dayStartMs, quantity, readings);
      });
    },
    handedOverAt: () => (readPosition.get(target)?.position as number | undefined) ?? null,
    handOver: (at) => void savePosition.run(target, at),
    close: () => db.close(),
  };
}
