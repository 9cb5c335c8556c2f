import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { decodeInTurns } from "./decode/decode-in-turns.ts";
import type { Decoded } from "./decode/decoded.ts";
import type { Decoder } from "./decode/decoder.ts";
import type { Journal, Position } from "./journal/journal.ts";
import type { Pace, PaceMember } from "./pace.ts";

/** pino's shape. */
export interface FollowLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface FollowParts {
  readonly journal: Pick<Journal, "end" | "read" | "onAppended">;
  readonly decoder: Pick<Decoder, "decode">;
  /** For the log. */
  readonly name: string;
  /** The handler's cursor, as it was last saved. */
  readonly from: Position;
  /** Size of a full batch. What the handler does with one should not hold the event loop up for long. Default 512. */
  readonly mostUplinks?: number;
  /** How long to wait for a full batch, for a handler to whom each batch costs the same. Default 0: hand over at once. */
  readonly lingerMs?: number;
  /** For a handler that waits for another machine: far behind, the next batch is made meanwhile. Default false. */
  readonly readsAhead?: boolean;
  /** Those with whom it goes together when all of them are behind. */
  readonly pace?: Pace;
  /** How long it waits at each batch for the last of them. Default 500. */
  readonly patienceMs?: number;
  /**
   * Takes one batch and saves `next` as its cursor, both or neither. The same batch comes again until this succeeds, and
   * after a restart everything from the cursor on: at least once, in the journal's order.
   */
  handle(batch: readonly Decoded[], next: Position): Promise<void> | void;
  /**
   * Where the handler is, asked after each failure: a store that had to be rebuilt is further back than it was, and is
   * then given everything from there again. Without it the same batch is tried again.
   */
  cursor?(): Promise<Position> | Position;
  readonly log: FollowLog;
}

export interface Follower {
  /** Positions between what was handled and the journal's end. */
  readonly lag: number;
  /** What keeps the batch at hand from being handled; null when nothing does. */
  readonly failing: Error | null;
  /** Resolves when all that is durable now has been handled, without lingering; rejects when the follower stops before. */
  settled(): Promise<void>;
  /** Resolves when the handler is at rest. It is not called again. */
  stop(): Promise<void>;
}

const usualUplinks = 512;
const usualPatienceMs = 500;
/** Whoever is no further behind than this reads what has just come, which costs little. */
const closeToTheEnd = 4096;
const firstRetryMs = 100;
const mostRetryMs = 30_000;
/** A batch ends here, whatever its number of uplinks, so that memory stays flat when an outage's batches come in. */
const mostBatchBytes = 4 * 1024 * 1024;
/**
 * Follows the journal: hands everything from a position on to a handler, decoded, in order, at least once, for as long
 * as it takes. A handler that fails is tried again, more and more seldom (100 ms to 30 s), and nothing is ever skipped.
 *
 * @throws RangeError when `from` lies beyond the journal's end: the two do not belong together
 */
export function follow(parts: FollowParts): Follower {
  const { name, from, journal } = parts;
  if (from > journal.end) {
    throw new RangeError(`${name} wants to read on at ${from}, but the journal ends at ${journal.end}`);
  }
  return new JournalFollower(parts);
}

interface Batch {
  readonly decoded: readonly Decoded[];
  readonly next: Position;
}

interface Waiter {
  readonly until: Position;
  resolve(): void;
  reject(error: Error): void;
}

class JournalFollower implements Follower {
  readonly #parts: FollowParts;
  readonly #mostUplinks: number;
  readonly #stopping = new AbortController();
  readonly #atRest: Promise<void>;
  #position: Position;
  #failing: Error | null = null;
  #failures = 0;
  #waiters: Waiter[] = [];
  readonly #among: PaceMember | undefined;
  /** Looks whether what the loop waits for has come; nothing while it does not wait. */
  #look: () => void = () => {};

  constructor(parts: FollowParts) {
    this.#parts = parts;
    this.#position = parts.from;
    this.#mostUplinks = parts.mostUplinks ?? usualUplinks;
    const stopListening = parts.journal.onAppended(() => this.#look());
    this.#among = parts.pace?.join(this);
    this.#atRest = this.#run().finally(() => {
      stopListening();
      this.#among?.leave();
    });
  }

  get position(): Position {
    return this.#position;
  }

  get isFailing(): boolean {
    return this.#failing !== null;
  }

  get lag(): number {
    return Math.max(0, this.#parts.journal.end - this.#position);
  }

  get failing(): Error | null {
    return this.#failing;
  }

  settled(): Promise<void> {
    const until = this.#parts.journal.end;
    if (this.#position >= until) return Promise.resolve();
    if (this.#stopped) return Promise.reject(this.#stoppedError());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters.push({ until, resolve, reject });
    this.#look();
    return promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#look();
    await this.#atRest;
    for (const { reject } of this.#waiters.splice(0)) reject(this.#stoppedError());
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #stoppedError(): Error {
    return new Error(`${this.#parts.name} was stopped at position ${this.#position}, before it got there`);
  }

  async #run(): Promise<void> {
    let ahead: Batch | undefined;
    while (!this.#stopped) {
      await this.#withTheOthers();
      const batch = ahead ?? (await this.#nextBatch());
      if (batch === undefined) return;
      const failures = this.#failures;
      const readingAhead = this.#readAhead(batch.next);
      const position = await this.#untilDone(() => this.#handle(batch));
      ahead = await readingAhead;
      if (position === undefined) return;
      // What was decoded before a failure may have been decoded long ago.
      if (position !== batch.next || this.#failures > failures) ahead = undefined;
      this.#moveTo(position);
      await nextTurn();
    }
  }

  async #nextBatch(): Promise<Batch | undefined> {
    await this.#untilWorthwhile();
    return this.#untilDone(() => this.#read(this.#position));
  }

  /** The batch behind the one at hand, only far behind, where it is a full one. Its failure is left to the next try. */
  async #readAhead(from: Position): Promise<Batch | undefined> {
    if (!this.#parts.readsAhead || this.#parts.journal.end - from <= closeToTheEnd) return undefined;
    return this.#read(from).catch(() => undefined);
  }

  async #withTheOthers(): Promise<void> {
    if (this.lag > closeToTheEnd) await this.#among?.together(this.#parts.patienceMs ?? usualPatienceMs);
  }

  /** @returns where to read on */
  async #handle({ decoded, next }: Batch): Promise<Position> {
    if (this.#failing !== null && this.#parts.cursor !== undefined) {
      const cursor = await this.#parts.cursor();
      if (cursor !== this.#position) return this.#fallBack(cursor);
    }
    if (decoded.length > 0) await this.#parts.handle(decoded, next);
    return next;
  }

  #fallBack(cursor: Position): Position {
    const { name: follower, log } = this.#parts;
    log.warn(
      { follower, fromPosition: this.#position, toPosition: cursor },
      "reads on where its handler is now",
    );
    return cursor;
  }

  async #untilWorthwhile(): Promise<void> {
    await this.#until(() => this.lag > 0);
    const { lingerMs = 0 } = this.#parts;
    const isFull = () => this.lag >= this.#mostUplinks || this.#waiters.length > 0;
    if (lingerMs > 0) await this.#until(isFull, lingerMs);
  }

  #until(hasCome: () => boolean, mostMs?: number): Promise<void> {
    if (hasCome() || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#look = () => {};
        resolve();
      };
      const timer = mostMs === undefined ? undefined : setTimeout(done, mostMs);
      this.#look = () => {
        if (hasCome() || this.#stopped) done();
      };
    });
  }

  async #read(from: Position): Promise<Batch> {
    const { uplinks, next } = await this.#parts.journal.read(from, this.#mostUplinks);
    // Waited out like any failure: asking again at once would be a busy loop.
    if (next <= from) throw new Error(`the journal gave nothing at position ${from}`);
    this.#noteMissing(from, uplinks[0]?.position ?? next);
    const { decoder } = this.#parts;
    const decoded = await decodeInTurns(uplinks, (uplink) => decoder.decode(uplink), mostBatchBytes);
    const isCut = decoded.length < uplinks.length;
    return { decoded, next: isCut ? uplinks[decoded.length]!.position : next };
  }

  #noteMissing(expected: Position, found: Position): void {
    if (found === expected) return;
    const { name: follower, log } = this.#parts;
    const fields = { follower, fromPosition: expected, toPosition: found, uplinks: found - expected };
    log.warn(fields, "the journal no longer has uplinks that were not yet followed");
  }

  /** Tries until it works; undefined when the follower was stopped first. */
  async #untilDone<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let waitMs = firstRetryMs; !this.#stopped; waitMs = Math.min(waitMs * 2, mostRetryMs)) {
      try {
        const result = await work();
        this.#noteWorking();
        return result;
      } catch (error) {
        this.#noteFailing(error);
      }
      await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    return undefined;
  }

  #noteFailing(error: unknown): void {
    const err = error instanceof Error ? error : new Error(String(error));
    if (this.#failing === null) {
      const fields = { follower: this.#parts.name, position: this.#position, err };
      this.#parts.log.warn(fields, "cannot go on; the same uplinks are tried again until it works");
    }
    this.#failing = err;
    this.#failures++;
  }

  #noteWorking(): void {
    if (this.#failing === null) return;
    this.#failing = null;
    this.#parts.log.info({ follower: this.#parts.name, position: this.#position, lag: this.lag }, "goes on");
  }

  #moveTo(position: Position): void {
    this.#position = position;
    this.#among?.moved();
    const settled = this.#waiters.filter(({ until }) => until <= position);
    if (settled.length === 0) return;
    this.#waiters = this.#waiters.filter(({ until }) => until > position);
    for (const { resolve } of settled) resolve();
  }
}
