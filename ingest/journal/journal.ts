import type { Uplink } from "../../devices/index.ts";

/**
 * Place of an uplink in the journal: 0, 1, 2 …; never used again, also after trimming. Without holes, unless the disk
 * lost what was there: what may once have been a position is not given out again.
 */
export type Position = number;

export interface JournaledUplink extends Uplink {
  readonly position: Position;
}

export interface JournalBatch {
  /** In journal order. Empty when nothing is there to read yet. */
  readonly uplinks: readonly JournaledUplink[];
  /** Where to read on. */
  readonly next: Position;
}

/** Called when the fate of an appended uplink is known: null once it is on disk, else what kept it off. */
export type Appended = (error: JournalError | null) => void;

export class JournalError extends Error {
  override readonly name = "JournalError";
  /** The operating system's word, such as `ENOSPC` or `EROFS`. */
  readonly code: string;

  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What `append` confirmed is there after a crash or a power cut, in order, until its retention ends. */
export interface Journal {
  /** Position of the oldest uplink still kept. */
  readonly start: Position;
  /** Position that the next confirmed uplink will get; everything before it is on disk. */
  readonly end: Position;

  /**
   * Takes one uplink. The payload is copied before this returns. `appended` is called once, strictly in the order of
   * the calls, after the bytes are fsync'd (null) or after the write has failed for good (an error: nothing of it stays).
   * Only what is not even taken is refused out of turn, soon after this returns: EBUSY when too much waits for the disk,
   * EMSGSIZE when no record can hold the uplink, ECLOSED after `close`. After a failure the journal goes on trying with whatever comes next, so it recovers by itself.
   */
  append(uplink: Uplink, appended: Appended): void;

  /**
   * Up to `mostUplinks` uplinks from `from` on. A position before `start` reads from `start`; `next` tells.
   * One beyond `end` is a RangeError: the reader has seen another journal than this one.
   * Uplinks read near the end come from memory and are the same objects for every reader.
   */
  read(from: Position, mostUplinks: number): Promise<JournalBatch>;

  /** Calls `listener` whenever `end` has moved. Returns the way to stop it. */
  onAppended(listener: () => void): () => void;

  /** Position of the first uplink received at or after this server time (`end` when there is none). */
  positionAt(receivedAtMs: number): Promise<Position>;

  /** Drops whole segments that lie before `position` and whose last uplink was received before `olderThanMs`. */
  trim(position: Position, olderThanMs: number): Promise<void>;

  /** Bytes on disk, and what is waiting for the disk: for metrics and for back-pressure. */
  usage(): { readonly bytes: number; readonly pendingUplinks: number; readonly failing: JournalError | null };

  /** Confirms or refuses everything that was appended, then lets go of the files. */
  close(): Promise<void>;
}
