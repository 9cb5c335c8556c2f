import type { Reading } from "../../../devices/index.ts";
import { openSqlite, transaction } from "../../../sqlite/open-sqlite.ts";
import type { Position } from "../../journal/journal.ts";

/** A reading that InfluxDB would not take, with its words for it. */
export interface RefusedReading extends Reading {
  readonly words: string;
  readonly refusedAtMs: number;
}

/** What is remembered on our side of an InfluxDB: how far it has been written, and what it would not take. */
export interface InfluxBook {
  cursor(): Position;
  /** Moves the cursor and keeps what was refused on the way: both, or neither. Null leaves the cursor. */
  save(next: Position | null, refused: readonly RefusedReading[]): void;
  /** Newest first. */
  refused(limit: number): RefusedReading[];
  refusedCount(): number;
  close(): void;
}

/** Beyond it the oldest go: their uplinks are in the journal. */
const mostRefused = 100_000;

const migrations = [
  `CREATE TABLE cursors (target TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
   CREATE TABLE refused (
     number INTEGER PRIMARY KEY, target TEXT NOT NULL, device TEXT NOT NULL, quantity TEXT NOT NULL,
     measured_at_ms INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, value REAL NOT NULL, live INTEGER NOT NULL,
     words TEXT NOT NULL, refused_at_ms INTEGER NOT NULL
   ) STRICT;`,
];

/** How a database of a server is known in the book. */
export function targetOf({ url, database }: { readonly url: string; readonly database: string }): string {
  return `${url} ${database}`;
}

/** @param target which database of which server: another one begins at position 0 */
export function openInfluxBook(file: string, target: string): InfluxBook {
  const db = openSqlite(file, migrations);
  const readCursor = db.prepare("SELECT position FROM cursors WHERE target = ?");
  const saveCursor = db.prepare(
    "INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position",
  );
  const keep = db.prepare("INSERT INTO refused VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const cut = db.prepare("DELETE FROM refused WHERE number <= (SELECT max(number) FROM refused) - ?");
  const list = db.prepare(`
    SELECT device, quantity, measured_at_ms AS measuredAtMs, received_at_ms AS receivedAtMs, value, live,
      words, refused_at_ms AS refusedAtMs
    FROM refused WHERE target = ? ORDER BY number DESC LIMIT ?`);
  const count = db.prepare("SELECT count(*) AS count FROM refused WHERE target = ?");

  return {
    cursor: () => (readCursor.get(target)?.position as number | undefined) ?? 0,
    save(next, refused) {
      transaction(db, () => {
        if (next !== null) saveCursor.run(target, next);
        for (const {
          device,
          quantity,
          measuredAtMs,
          receivedAtMs,
          value,
          live,
          words,
          refusedAtMs,
        } of refused)
          keep.run(
            target,
            device,
            quantity,
            measuredAtMs,
            receivedAtMs,
            value,
            Number(live),
            words,
            refusedAtMs,
          );
        if (refused.length > 0) cut.run(mostRefused);
      });
    },
    refused: (limit) =>
      list.all(target, limit).map((row) => ({ ...row, live: row.live === 1 }) as unknown as RefusedReading),
    refusedCount: () => count.get(target)?.count as number,
    close: () => db.close(),
  };
}
