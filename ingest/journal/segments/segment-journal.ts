import { rm } from "node:fs/promises";
import type { Uplink } from "../../../devices/index.ts";
import type { Appended, Journal, JournalBatch, Position } from "../journal.ts";
import type { CommitQueue } from "./commit-queue.ts";
import { type Damage, keepAside } from "./damage.ts";
import { packSegment } from "./pack-segment.ts";
import type { Segment } from "./segment-list.ts";
import { SegmentReader } from "./segment-reader.ts";
import type { CommittedTo } from "./segment-writer.ts";
import type { Tail } from "./tail.ts";

export interface SegmentJournalParts {
  readonly folder: string;
  readonly segments: Segment[];
  readonly tail: Tail;
  /** Makes the queue whose commits come back to `committed` and `confirmed`. */
  readonly queue: (events: Pick<SegmentJournal, "committed" | "confirmed">) => CommitQueue;
  readonly lock: { release(): void };
  onDamage(damage: Damage): void;
}

/** The journal of one folder: the write side is the queue's, the read side and the housekeeping are here. */
export class SegmentJournal implements Journal {
  readonly #folder: string;
  readonly #segments: Segment[];
  readonly #tail: Tail;
  readonly #queue: CommitQueue;
  readonly #lock: { release(): void };
  readonly #onDamage: (damage: Damage) => void;
  readonly #reader: SegmentReader;
  readonly #listeners = new Set<() => void>();
  readonly #reported = new Set<Position>();
  #housekeeping: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(parts: SegmentJournalParts) {
    this.#folder = parts.folder;
    this.#segments = parts.segments;
    this.#tail = parts.tail;
    this.#lock = parts.lock;
    this.#onDamage = parts.onDamage;
    this.#queue = parts.queue(this);
    this.#reader = new SegmentReader({
      segments: () => this.#segments.slice(),
      damaged: (damage) => this.damaged(damage),
    });
    for (const segment of this.#segments.slice(0, -1)) this.#packLater(segment);
  }

  get start(): Position {
    return this.#segments[0]?.first ?? this.end;
  }

  get end(): Position {
    return this.#queue.end;
  }

  append(uplink: Uplink, appended: Appended): void {
    this.#queue.append(uplink, appended);
  }

  async read(from: Position, mostUplinks: number): Promise<JournalBatch> {
    if (from > this.end) {
      throw new RangeError(
        `position ${from} is beyond the journal's end ${this.end}: was the folder ${this.#folder} replaced?`,
      );
    }
    const kept = Math.max(from, this.start);
    if (kept >= this.#tail.start) return this.#tail.read(kept, mostUplinks);
    return this.#reader.read(kept, mostUplinks, this.#tail.start);
  }

  onAppended(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  positionAt(receivedAtMs: number): Promise<Position> {
    return this.#reader.positionAt(receivedAtMs, this.end);
  }

  trim(position: Position, olderThanMs: number): Promise<void> {
    return this.#later(async () => {
      for (let [oldest, next] = this.#segments; oldest && next; [oldest, next] = this.#segments) {
        if (this.#closing || next.first > position || next.latestBeforeMs >= olderThanMs) return;
        await rm(oldest.path, { force: true });
        this.#segments.shift();
      }
    });
  }

  usage(): ReturnType<Journal["usage"]> {
    return {
      bytes: this.#segments.reduce((sum, segment) => sum + segment.bytes, 0),
      pendingUplinks: this.#queue.pendingUplinks,
      failing: this.#queue.failing,
    };
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#queue.close();
    await this.#housekeeping;
    this.#lock.release();
  }

  committed(buffer: ArrayBuffer, first: Position, count: number, to: CommittedTo): void {
    this.#tail.add(buffer, first, count);
    const last = this.#segments.at(-1);
    if (last?.first === to.first) {
      last.bytes = to.bytes;
      return;
    }
    this.#segments.push({ ...to, packed: false });
    if (last) this.#packLater(last);
  }

  confirmed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Every reader that comes to a damaged place finds it again: it is told once. */
  damaged(damage: Damage): void {
    if (this.#reported.has(damage.to)) return;
    this.#reported.add(damage.to);
    this.#later(async () =>
      this.#onDamage({ ...damage, message: `${damage.message} ${await keepAside(damage.file)}` }),
    );
  }

  #packLater(segment: Segment): void {
    if (segment.packed) return;
    this.#later(async () => {
      const next = this.#segments[this.#segments.indexOf(segment) + 1];
      if (this.#closing || !next || !this.#segments.includes(segment)) return;
      const bytes = await packSegment(segment, next.first, () => this.#closing);
      if (bytes === null) return;
      segment.bytes = bytes;
      segment.packed = true;
    });
  }

  /** Housekeeping runs one piece after the other, so that retention never meets a file that is being packed. */
  #later(work: () => Promise<void>): Promise<void> {
    const done = this.#housekeeping.then(work);
    this.#housekeeping = done.catch(() => undefined);
    return done;
  }
}
