import { setImmediate as nextTurn } from "node:timers/promises";
import { type DatabaseSync, openSqlite, transaction } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import type { Position } from "../journal/journal.ts";
import { type Frame, framesOf } from "./frame.ts";
import { LinkLedger } from "./link-ledger.ts";
import { type LinkBook, LinkView } from "./link-view.ts";
import { type Route, Routes } from "./routes.ts";
import { migrations } from "./schema.ts";

/** How devices and gateways hear each other: a follower of the journal, and what can be asked of it. */
export interface Links extends LinkBook {
  /** Position from which on the journal still has to be looked at. */
  cursor(): Position;
  /**
   * Takes in what gateways tell in the batch, and moves the cursor behind it in the same transaction. A long batch takes
   * several, with a turn for everybody else in between. The cursor of batches that tell nothing is saved now and then only.
   */
  keep(batch: readonly Decoded[], next: Position): Promise<void>;
  /** How a command reaches a device that is behind another system; null when it is connected itself, or was never heard. */
  routeOf(device: string): Route | null;
  /** Forgets hours that no day has part in any more, and pairs that have not heard each other for 90 days. */
  trim(nowMs: number): void;
  close(): void;
}

/** After a crash at most so many uplinks that tell nothing are looked at again. */
const positionsBetweenSaves = 10_000;
/** Some milliseconds: acknowledgements wait for no more. */
const uplinksAtOnce = 32;
const keptHoursMs = 2 * 86_400_000;
const keptPairsMs = 90 * 86_400_000;

/** Opens (or makes) the ledger of links of one file. One process writes; others may read. */
export function openLinks(file: string): Links {
  const db = openSqlite(file, migrations);
  // A power cut may take the last commits back, the cursor with them: the journal still has those uplinks.
  db.exec("PRAGMA synchronous = NORMAL");
  return new SqliteLinks(db);
}

class SqliteLinks extends LinkView implements Links {
  readonly #db: DatabaseSync;
  readonly #ledger: LinkLedger;
  readonly #routes: Routes;
  #cursor: Position;
  #savedCursor: Position;

  constructor(db: DatabaseSync) {
    super(db);
    this.#db = db;
    this.#ledger = new LinkLedger(db);
    this.#routes = new Routes(db);
    this.#cursor = this.#ledger.cursor();
    this.#savedCursor = this.#cursor;
  }

  cursor(): Position {
    return this.#cursor;
  }

  routeOf(device: string): Route | null {
    return this.#routes.of(device);
  }

  async keep(batch: readonly Decoded[], next: Position): Promise<void> {
    this.#routes.learn(batch);
    const telling = batch.filter(({ links = [] }) => links.length > 0);
    for (let at = 0; at < telling.length; at += uplinksAtOnce) {
      if (at > 0) await nextTurn();
      const behind = telling[at + uplinksAtOnce]?.uplink.position ?? next;
      this.#write(telling.slice(at, at + uplinksAtOnce).flatMap(framesOf), behind);
    }
    this.#cursor = next;
    if (next - this.#savedCursor >= positionsBetweenSaves) this.#saveCursor();
  }

  trim(nowMs: number): void {
    transaction(this.#db, () => {
      for (const table of ["device_hours", "gateway_hours"]) {
        this.#db.prepare(`DELETE FROM ${table} WHERE hour_ms < ?`).run(nowMs - keptHoursMs);
      }
      this.#db.prepare("DELETE FROM pairs WHERE last_heard_ms < ?").run(nowMs - keptPairsMs);
    });
  }

  close(): void {
    if (this.#cursor !== this.#savedCursor) this.#saveCursor();
    this.#db.close();
  }

  #write(frames: readonly Frame[], next: Position): void {
    transaction(this.#db, () => {
      for (const frame of frames) this.#ledger.put(frame);
      this.#ledger.setCursor(next);
    });
    this.#cursor = next;
    this.#savedCursor = next;
  }

  #saveCursor(): void {
    this.#ledger.setCursor(this.#cursor);
    this.#savedCursor = this.#cursor;
  }
}
