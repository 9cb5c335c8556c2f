import { setImmediate as nextTurn } from "node:timers/promises";
import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import type { JournaledUplink, Position } from "../journal/journal.ts";
import { QuarantineLedger } from "./quarantine-ledger.ts";
import { type QuarantineReader, QuarantineView, uplinkColumns } from "./quarantine-view.ts";
import { migrations } from "./schema.ts";

/** pino's shape. */
export interface QuarantineLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface QuarantineOptions {
  readonly log: QuarantineLog;
  /** What is kept at most, raw bytes and descriptions. Beyond it the oldest goes, what is mended first. Default 256 MiB. */
  readonly mostBytes?: number;
}

export interface StoredQuery {
  readonly from: Position;
  readonly before: Position;
  /** Server time of arrival, inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Who sent it, or of whom a value in it was refused. */
  readonly device?: string;
  readonly limit: number;
}

/** Rejections of some uplinks after they have been decoded again. */
export interface Amended {
  /** Rejections that were entered of them before. */
  readonly before: number;
  /** Rejections that are no more, or for which the same value of another uplink stands. */
  readonly mended: number;
  /** Rejections that are entered of these uplinks. */
  readonly remaining: number;
}

/** What could not be read is kept with its raw bytes and the reasons until it is mended or its time is over. */
export interface Quarantine extends QuarantineReader {
  /** Position from which on the journal still has to be looked at. */
  cursor(): Position;
  /**
   * Keeps the uplinks of the batch that have rejections, and moves the cursor behind them in the same transaction. A long
   * batch takes several, each of a few milliseconds, with a turn for everybody else in between. Keeping the same again
   * changes nothing, nor does an uplink whose values were all refused before, at the same measured times. The cursor of batches without rejections is saved now and then only.
   */
  keep(batch: readonly Decoded[], next: Position): Promise<void>;
  /**
   * Replaces what is known of uplinks that were decoded again; what has no rejections left counts as mended. A long batch,
   * or one full of mistakes, takes several transactions: stopped half-way, do it again.
   */
  amend(batch: readonly Decoded[], nowMs: number): Promise<Amended>;
  /** Uplinks that are kept here, by position. */
  stored(query: StoredQuery): JournaledUplink[];
  /** Drops what arrived before; resolves with the number of uplinks dropped. */
  trim(olderThanMs: number): Promise<number>;
  usage(): {
    readonly bytes: number /** Uplinks dropped for want of room, ever. */;
    readonly dropped: number;
  };
  /** Saves the cursor. */
  flush(): void;
  close(): void;
}

/** After a crash at most so many good uplinks are looked at again, or as many as came in so long. */
const positionsBetweenSaves = 10_000;
const saveEveryMs = 60_000;
const usualBytes = 256 * 1024 * 1024;
const keptAtOnce = 64;
/** Uplinks full of mistakes take some milliseconds each: few of them are enough. */
const rejectionsAtOnce = 256;
const trimmedAtOnce = 500;
/** Under a flood of rubbish each batch drops some: a line for each would be a flood of its own. */
const dropsBetweenReports = 1000;

/** Opens (or makes) the quarantine of one file. One process writes the cursor; others may amend and read. */
export function openQuarantine(file: string, options: QuarantineOptions): Quarantine {
  const db = openSqlite(file, migrations);
  // A power cut may take the last commits back, the cursor with them: the journal still has those uplinks.
  // So no commit has to wait for the disk, which would hold the whole process up.
  db.exec("PRAGMA synchronous = NORMAL");
  return new SqliteQuarantine(db, options);
}

/** Where a transaction that begins with the uplink at `from` has enough: behind one uplink at least. */
function endOfPortion(refused: readonly Decoded[], from: number): number {
  let rejections = 0;
  let at = from;
  while (at < refused.length && at - from < keptAtOnce && rejections < rejectionsAtOnce) {
    rejections += refused[at]!.rejections.length;
    at++;
  }
  return at;
}

class SqliteQuarantine extends QuarantineView implements Quarantine {
  readonly #db: DatabaseSync;
  readonly #ledger: QuarantineLedger;
  readonly #options: QuarantineOptions;
  #cursor: Position;
  #savedCursor: Position;
  /** Server time of the uplinks, so that no clock is needed. */
  #savedAtMs = 0;
  #hasReported = false;
  #unreported = 0;

  constructor(db: DatabaseSync, options: QuarantineOptions) {
    super(db);
    this.#db = db;
    this.#options = options;
    this.#ledger = new QuarantineLedger(db);
    this.#cursor = this.#ledger.state("cursor");
    this.#savedCursor = this.#cursor;
  }

  cursor(): Position {
    return this.#cursor;
  }

  async keep(batch: readonly Decoded[], next: Position): Promise<void> {
    const refused = batch.filter(({ rejections }) => rejections.length > 0);
    for (let at = 0; at < refused.length; ) {
      if (at > 0) await nextTurn();
      const end = endOfPortion(refused, at);
      this.#write(refused.slice(at, end), refused[end]?.uplink.position ?? next);
      at = end;
    }
    this.#cursor = next;
    const atMs = batch.at(-1)?.uplink.receivedAtMs ?? this.#savedAtMs;
    const isMuch = next - this.#savedCursor >= positionsBetweenSaves;
    if (isMuch || Math.abs(atMs - this.#savedAtMs) >= saveEveryMs) this.#saveCursor(atMs);
  }

  async amend(batch: readonly Decoded[], nowMs: number): Promise<Amended> {
    const sum = { before: 0, mended: 0, remaining: 0 };
    for (let at = 0; at < batch.length; ) {
      if (at > 0) await nextTurn();
      const end = endOfPortion(batch, at);
      const amended = this.#amend(batch.slice(at, end), nowMs);
      sum.before += amended.before;
      sum.mended += amended.mended;
      sum.remaining += amended.remaining;
      at = end;
    }
    return sum;
  }

  #amend(batch: readonly Decoded[], nowMs: number): Amended {
    return transaction(this.#db, () => {
      const known = this.#ledger.openRejections(batch.map(({ uplink }) => uplink.position));
      const sum = { before: 0, mended: 0, remaining: 0 };
      for (const decoded of batch) {
        const { position } = decoded.uplink;
        const before = known.get(position) ?? 0;
        const after = decoded.rejections.length > 0 ? this.#ledger.put(decoded) : 0;
        if (after === 0 && before > 0) this.#ledger.resolve(position, nowMs);
        sum.before += before;
        sum.mended += Math.max(0, before - after);
        sum.remaining += after;
      }
      this.#makeRoom();
      return sum;
    });
  }

  stored({ from, before, fromMs, toMs, device, limit }: StoredQuery): JournaledUplink[] {
    const rows = this.#db
      .prepare(`
        SELECT ${uplinkColumns} FROM uplinks
        WHERE position >= ? AND position < ? AND received_at_ms >= ? AND received_at_ms < ?
          AND (?5 IS NULL OR device = ?5 OR EXISTS (
            SELECT 1 FROM entries WHERE entries.position = uplinks.position AND entries.device = ?5))
        ORDER BY position LIMIT ?6`)
      .all(from, before, fromMs, toMs, device ?? null, limit);
    return rows.map((row) => ({ ...row }) as unknown as JournaledUplink);
  }

  async trim(olderThanMs: number): Promise<number> {
    let dropped = 0;
    for (;;) {
      const now = transaction(this.#db, () => this.#ledger.dropBefore(olderThanMs, trimmedAtOnce));
      dropped += now;
      if (now < trimmedAtOnce) break;
      await nextTurn();
    }
    if (dropped > 0)
      this.#options.log.info({ uplinks: dropped }, "quarantine: what was older than its retention is gone");
    return dropped;
  }

  usage(): { readonly bytes: number; readonly dropped: number } {
    return { bytes: this.#ledger.state("bytes"), dropped: this.#ledger.state("dropped") };
  }

  flush(): void {
    if (this.#cursor !== this.#savedCursor) this.#saveCursor();
  }

  close(): void {
    this.flush();
    if (this.#unreported > 0) this.#reportDrops();
    this.#db.close();
  }

  #write(refused: readonly Decoded[], next: Position): void {
    transaction(this.#db, () => {
      for (const decoded of refused) this.#ledger.put(decoded);
      this.#ledger.setState("cursor", next);
      this.#makeRoom();
    });
    this.#cursor = next;
    this.#savedCursor = next;
  }

  #saveCursor(atMs = this.#savedAtMs): void {
    this.#ledger.setState("cursor", this.#cursor);
    this.#savedCursor = this.#cursor;
    this.#savedAtMs = atMs;
  }

  #makeRoom(): void {
    this.#unreported += this.#ledger.shrinkTo(this.#options.mostBytes ?? usualBytes);
    if (this.#unreported >= (this.#hasReported ? dropsBetweenReports : 1)) this.#reportDrops();
  }

  #reportDrops(): void {
    const { mostBytes = usualBytes, log } = this.#options;
    log.warn({ mostBytes, uplinks: this.#unreported }, "quarantine is full: its oldest uplinks were dropped");
    this.#hasReported = true;
    this.#unreported = 0;
  }
}
