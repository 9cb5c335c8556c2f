import { type DatabaseSync, openSqlite, transaction } from "../../../sqlite/open-sqlite.ts";
import type { Position } from "../../journal/journal.ts";
import { type Refusal, type RefusedReadings, refusedReadings } from "./refused-readings.ts";

/** What is remembered on our side of an InfluxDB: how far it has been written, what it would not take, which hours are summed up. */
export interface InfluxBook {
  readonly hours: FoldedHours;
  readonly refused: RefusedReadings;
  cursor(): Position;
  /** Moves the cursor and keeps what was refused on the way: both, or neither. Null leaves the cursor. */
  save(next: Position | null, refused: readonly Refusal[]): void;
  close(): void;
}

/**
 * Hours of which InfluxDB has sums besides the readings. An hour that is touched has none any more; who sums it up asks before how
 * often it was touched, so that what comes in meanwhile is not overlooked. Also several processes agree here.
 */
export interface FoldedHours {
  /** Call it before readings of these hours are changed, and after. */
  touch(hoursMs: Iterable<number>): void;
  touches(hourMs: number): number;
  /** Does nothing when the hour has been touched since. */
  fold(hourMs: number, touches: number): void;
  /** In order. */
  folded(fromMs: number, toMs: number): number[];
  /** Touches every hour before. */
  unfoldBefore(ms: number): void;
}

const migrations = [
  `CREATE TABLE cursors (target TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
   CREATE TABLE refused (
     number INTEGER PRIMARY KEY, target TEXT NOT NULL, device TEXT NOT NULL, quantity TEXT NOT NULL,
     measured_at_ms INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, value REAL NOT NULL, live INTEGER NOT NULL,
     words TEXT NOT NULL, refused_at_ms INTEGER NOT NULL
   ) STRICT;`,
  `CREATE TABLE hours (
     target TEXT NOT NULL, hour_ms INTEGER NOT NULL, touches INTEGER NOT NULL, is_folded INTEGER NOT NULL,
     PRIMARY KEY (target, hour_ms)
   ) STRICT, WITHOUT ROWID;`,
  // A reading that is sent again is refused again: it stands here once, as last refused.
  `DELETE FROM refused WHERE number NOT IN
     (SELECT max(number) FROM refused GROUP BY target, device, quantity, measured_at_ms);
   CREATE UNIQUE INDEX refused_key ON refused (target, device, quantity, measured_at_ms);
   ALTER TABLE refused ADD COLUMN reason TEXT NOT NULL DEFAULT 'other';
   CREATE INDEX refused_reason ON refused (target, reason);`,
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
  const refusals = refusedReadings(db, target);

  return {
    hours: foldedHours(db, target),
    refused: refusals,
    cursor: () => (readCursor.get(target)?.position as number | undefined) ?? 0,
    save(next, refused) {
      transaction(db, () => {
        if (next !== null) saveCursor.run(target, next);
        refusals.keep(refused);
      });
    },
    close: () => db.close(),
  };
}
function foldedHours(db: DatabaseSync, target: string): FoldedHours {
  const touch = db.prepare(`
    INSERT INTO hours VALUES (?, ?, 1, 0)
    ON CONFLICT DO UPDATE SET touches = touches + 1, is_folded = 0`);
  const touchBefore = db.prepare(
    "UPDATE hours SET touches = touches + 1, is_folded = 0 WHERE target = ? AND hour_ms < ? AND is_folded = 1",
  );
  const read = db.prepare("SELECT touches FROM hours WHERE target = ? AND hour_ms = ?");
  const fold = db.prepare(`
    INSERT INTO hours VALUES (?1, ?2, 0, 1)
    ON CONFLICT DO UPDATE SET is_folded = 1 WHERE touches = ?3`);
  const list = db.prepare(`
    SELECT hour_ms AS hourMs FROM hours
    WHERE target = ? AND hour_ms >= ? AND hour_ms < ? AND is_folded = 1 ORDER BY hour_ms`);
  return {
    touch: (hoursMs) =>
      transaction(db, () => {
        for (const hourMs of hoursMs) touch.run(target, hourMs);
      }),
    touches: (hourMs) => (read.get(target, hourMs)?.touches as number | undefined) ?? 0,
    fold: (hourMs, touches) => void fold.run(target, hourMs, touches),
    folded: (fromMs, toMs) => list.all(target, fromMs, toMs).map((row) => row.hourMs as number),
    unfoldBefore: (ms) => void touchBefore.run(target, ms),
  };
}
