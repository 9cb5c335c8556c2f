import { once } from "node:events";
import { rm } from "node:fs/promises";
import { MessageChannel, type Worker } from "node:worker_threads";
import type { Uplink } from "../../../devices/index.ts";
import type { Appended, Journal, JournalBatch, JournalError, Position } from "../journal.ts";
import { CommitQueue } from "./commit-queue.ts";
import { type Damage, keepAside } from "./damage.ts";
import { cannotWrite } from "./failure.ts";
import type { InletEnd } from "./open-inlet.ts";
import { packSegment } from "./pack-segment.ts";
import type { Segment } from "./segment-list.ts";
import { SegmentReader } from "./segment-reader.ts";
import type { Tail } from "./tail.ts";
import type { FrameCommitted, FromWriter } from "./writer-thread.ts";

export interface SegmentJournalParts {
  readonly folder: string;
  readonly segments: Segment[];
  readonly tail: Tail;
  /** Runs writer-thread.ts, and has said that it is ready. */
  readonly writer: Worker;
  /** As the writer was given it. */
  readonly unseenBytes: SharedArrayBuffer;
  readonly maxPendingBytes: number;
  readonly lingerMs: number;
  readonly lock: { release(): void };
  onDamage(damage: Damage): void;
}

/** The journal of one folder: what is appended goes to the writer's thread; reading and housekeeping are here. */
export class SegmentJournal implements Journal {
  readonly #folder: string;
  readonly #segments: Segment[];
  readonly #tail: Tail;
  readonly #writer: Worker;
  readonly #unseenBytes: Int32Array;
  readonly #waitingRoom: { readonly maxPendingBytes: number; readonly lingerMs: number };
  readonly #queue: CommitQueue;
  readonly #lock: { release(): void };
  readonly #onDamage: (damage: Damage) => void;
  readonly #reader: SegmentReader;
  readonly #listeners = new Set<() => void>();
  readonly #reported = new Set<Position>();
  readonly #marks: (() => void)[] = [];
  #end: Position;
  #failing: JournalError | null = null;
  #housekeeping: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(parts: SegmentJournalParts) {
    this.#folder = parts.folder;
    this.#segments = parts.segments;
    this.#tail = parts.tail;
    this.#lock = parts.lock;
    this.#onDamage = parts.onDamage;
    this.#end = parts.tail.end;
    this.#writer = parts.writer;
    this.#unseenBytes = new Int32Array(parts.unseenBytes);
    this.#waitingRoom = { maxPendingBytes: parts.maxPendingBytes, lingerMs: parts.lingerMs };
    this.#queue = new CommitQueue({
      ...this.#waitingRoom,
      folder: parts.folder,
      submit: (frame) => parts.writer.postMessage(frame, [frame.buffer]),
    });
    // No listener for "error": a writer that throws has a bug, and ends the process instead of losing uplinks in silence.
    parts.writer.on("message", (message: FromWriter) => this.#hear(message));
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
    return this.#end;
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

  /** Everybody who matters has read what lies before: it need not be in memory. It can be read as before. */
  passed(position: Position): void {
    this.#tail.forget(position);
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
      failing: this.#failing ?? this.#queue.failing,
    };
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#queue.close();
    const exited = once(this.#writer, "exit");
    this.#writer.postMessage("close");
    await exited;
    await this.#housekeeping;
    this.#lock.release();
  }

  /**
   * A way in for another thread: `openInlet` there makes of it what appends. Each frame costs this thread one message,
   * and what was appended there is read here. To be transferred together with its port.
   */
  inlet(): InletEnd {
    const { port1, port2 } = new MessageChannel();
    this.#writer.postMessage({ inlet: port1 }, [port1]);
    return { ...this.#waitingRoom, folder: this.#folder, port: port2 };
  }

  /** Resolves when `end` tells of all that any inlet was told of before. */
  caughtUp(): Promise<void> {
    if (this.#closing) return Promise.resolve();
    return new Promise((resolve) => {
      this.#marks.push(resolve);
      this.#writer.postMessage({ mark: 0 });
    });
  }

  #hear(message: FromWriter): void {
    if ("mark" in message) {
      this.#marks.shift()!();
      return;
    }
    const refusal = "refused" in message ? message.refused : null;
    if ("to" in message) this.#committed(message);
    this.#failing = refusal && cannotWrite(this.#folder, refusal.code, refusal.message);
    if (message.own) this.#queue.settle(refusal);
    if (refusal === null) for (const listener of this.#listeners) listener();
  }

  #committed({ buffer, first, count, to }: FrameCommitted): void {
    if (buffer !== null) Atomics.sub(this.#unseenBytes, 0, buffer.byteLength);
    this.#tail.add(buffer, first, count);
    this.#end = first + count;
    const last = this.#segments.at(-1);
    if (last?.first === to.first) {
      last.bytes = to.bytes;
      return;
    }
    this.#segments.push({ ...to, packed: false });
    if (last) this.#packLater(last);
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
