import type { Reading } from "../../../devices/index.ts";
import { type DatabaseSync, openSqlite, transaction } from "../../../sqlite/open-sqlite.ts";
import type { Position } from "../../journal/journal.ts";

/** A reading that InfluxDB would not take, with its words for it. */
export interface RefusedReading extends Reading {
  readonly words: string;
  readonly refusedAtMs: number;
}

/** What is remembered on our side of an InfluxDB: how far it has been written, what it would not take, which hours are summed up. */
export interface InfluxBook {
  readonly hours: FoldedHours;
  cursor(): Position;
  /** Moves the cursor and keeps what was refused on the way: both, or neither. Null leaves the cursor. */
  save(next: Position | null, refused: readonly RefusedReading[]): void;
  /** Newest first. */
  refused(limit: number): RefusedReading[];
  refusedCount(): number;
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

/** Beyond it the oldest go: their uplinks are in the journal. */
const mostRefused = 100_000;

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
    hours: foldedHours(db, target),
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
