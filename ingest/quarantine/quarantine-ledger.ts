import type { StatementSync } from "node:sqlite";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import type { Position } from "../journal/journal.ts";
import { entriesOf, type NewEntry } from "./entry.ts";

/** What is written down beside the uplinks themselves. */
export type QuarantineState = "cursor" | "bytes" | "dropped";

/** Rows, keys and indexes of one uplink and of one entry, roughly, beside their texts and raw bytes. */
const uplinkOverheadBytes = 200;
const entryOverheadBytes = 120;
const droppedAtOnce = 32;

/** The writing statements of quarantine. Whoever calls them holds the transaction. */
export class QuarantineLedger {
  readonly #putUplink: StatementSync;
  readonly #putEntry: StatementSync;
  readonly #isKnown: StatementSync;
  readonly #clearEntries: StatementSync;
  readonly #closeEntries: StatementSync;
  readonly #resolveUplink: StatementSync;
  readonly #openRejections: StatementSync;
  readonly #dropBefore: StatementSync;
  readonly #dropResolved: StatementSync;
  readonly #dropOldest: StatementSync;
  readonly #state: StatementSync;
  readonly #setState: StatementSync;

  constructor(db: DatabaseSync) {
    this.#putUplink = db.prepare(putUplink);
    this.#putEntry = db.prepare(putEntry);
    this.#isKnown = db.prepare(isKnown);
    this.#clearEntries = db.prepare("DELETE FROM entries WHERE position = ?");
    this.#closeEntries = db.prepare("UPDATE entries SET open = 0 WHERE position = ? AND open");
    this.#resolveUplink = db.prepare("UPDATE uplinks SET resolved_at_ms = ? WHERE position = ?");
    this.#openRejections = db.prepare(openRejections);
    this.#dropBefore = db.prepare(drop("received_at_ms < ? ORDER BY received_at_ms"));
    this.#dropResolved = db.prepare(drop("resolved_at_ms IS NOT NULL ORDER BY position"));
    this.#dropOldest = db.prepare(drop("true ORDER BY position"));
    this.#state = db.prepare("SELECT value FROM state WHERE name = ?");
    this.#setState = db.prepare("UPDATE state SET value = ? WHERE name = ?");
  }

  state(name: QuarantineState): number {
    return this.#state.get(name)!.value as number;
  }

  setState(name: QuarantineState, value: number): void {
    this.#setState.run(value, name);
  }

  /**
   * Writes an uplink with its rejections, in place of what was known of it; but not a value for which the entry of another
   * uplink stands already, nor an uplink that has nothing else.
   *
   * @returns the number of rejections that are now entered of it
   */
  put(decoded: Decoded): number {
    const { uplink, decoder } = decoded;
    const { position, device, topic, receivedAtMs, payload } = uplink;
    const entries = entriesOf(decoded, (identity) => this.#isKnown.get(identity, position) !== undefined);
    if (entries.length === 0) {
      this.#closeEntries.run(position);
      return 0;
    }
    const bytes = payload.length + topic.length + uplinkOverheadBytes + bytesOf(entries);
    this.#putUplink.run(position, device, topic, receivedAtMs, payload, decoder, bytes);
    this.#clearEntries.run(position);
    for (const [
      place,
      { reason, detail, quantity, measuredAtMs, rejections, identity, device: of },
    ] of entries.entries()) {
      this.#putEntry.run(position, place, reason, detail, quantity, measuredAtMs, rejections, identity, of);
    }
    return entries.reduce((sum, { rejections }) => sum + rejections, 0);
  }

  /** Takes an uplink out of the count. It is kept for a while, to show what was mended when. */
  resolve(position: Position, nowMs: number): void {
    this.#closeEntries.run(position);
    this.#resolveUplink.run(nowMs, position);
  }

  /** Rejections that are open of these uplinks; those without any are absent. */
  openRejections(positions: readonly Position[]): Map<Position, number> {
    if (positions.length === 0) return new Map();
    const rows = this.#openRejections.all(Math.min(...positions), Math.max(...positions));
    return new Map(rows.map(({ position, rejections }) => [position as number, rejections as number]));
  }

  /** @returns how many uplinks were dropped, at most `most` */
  dropBefore(receivedBeforeMs: number, most: number): number {
    return this.#dropBefore.run(receivedBeforeMs, most).changes as number;
  }

  /** Drops the oldest of what is mended, then the oldest. @returns how many uplinks */
  shrinkTo(mostBytes: number): number {
    let dropped = 0;
    for (const statement of [this.#dropResolved, this.#dropOldest]) {
      for (let changes = 1; changes > 0 && this.state("bytes") > mostBytes; dropped += changes) {
        changes = statement.run(droppedAtOnce).changes as number;
      }
    }
    if (dropped > 0) this.setState("dropped", this.state("dropped") + dropped);
    return dropped;
  }
}

const putUplink = `
  INSERT INTO uplinks (position, device, topic, received_at_ms, payload, decoder, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET decoder = excluded.decoder, bytes = excluded.bytes, resolved_at_ms = NULL`;

const putEntry = `
  INSERT INTO entries (position, place, reason, detail, quantity, measured_at_ms, rejections, identity, device)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const isKnown = "SELECT 1 FROM entries WHERE identity = ? AND open AND position <> ? LIMIT 1";

const openRejections = `
  SELECT position, sum(rejections) AS rejections FROM entries WHERE position BETWEEN ? AND ? AND open
  GROUP BY position`;

function drop(which: string): string {
  return `DELETE FROM uplinks WHERE position IN (SELECT position FROM uplinks WHERE ${which} LIMIT ?)`;
}

/** An identity and a device stand in their row and in an index. */
function bytesOf(entries: readonly NewEntry[]): number {
  const bytesOfOne = ({ detail, identity, device }: NewEntry) =>
    detail.length + 2 * (identity?.length ?? 0) + 2 * device.length + entryOverheadBytes;
  return entries.reduce((sum, entry) => sum + bytesOfOne(entry), 0);
}
