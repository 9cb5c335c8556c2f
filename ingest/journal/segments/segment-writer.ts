import { randomBytes } from "node:crypto";
import type fs from "node:fs";
import { join } from "node:path";
import type { Position } from "../journal.ts";
import { encodings, frameHeaderBytes, sealFrame } from "./frame.ts";
import { encodeSegmentHeader, segmentHeaderBytes, segmentName } from "./segment-header.ts";

/** The calls this writer makes, each of which may fail. */
export type WriterFiles = Pick<
  typeof fs,
  | "openSync"
  | "closeSync"
  | "writeSync"
  | "fdatasyncSync"
  | "fsyncSync"
  | "ftruncateSync"
  | "fstatSync"
  | "statSync"
  | "renameSync"
  | "rmSync"
>;

/** An existing segment to go on with. */
export interface ResumedSegment {
  readonly first: Position;
  readonly salt: number;
  readonly latestBeforeMs: number;
  /** Everything before this offset is confirmed; the file is not longer. */
  readonly bytes: number;
}

export interface WriterStart {
  readonly folder: string;
  /** A segment that has reached this size is closed and the next one begun. */
  readonly segmentBytes: number;
  readonly latestMs: number;
  readonly resume: ResumedSegment | null;
}

export interface FrameToCommit {
  /** The first bytes are left for the header. */
  readonly buffer: ArrayBuffer;
  /** Position of its first uplink. */
  readonly first: Position;
  readonly count: number;
  readonly latestMs: number;
}

/** The segment that took the frame, as it stands now. */
export interface CommittedTo {
  readonly first: Position;
  readonly path: string;
  readonly bytes: number;
  readonly latestBeforeMs: number;
}

interface ActiveSegment {
  readonly first: Position;
  readonly path: string;
  readonly fd: number;
  readonly inode: number;
  readonly salt: number;
  readonly latestBeforeMs: number;
  bytes: number;
}

/**
 * Puts frames on disk, one after the other, synchronously: it is meant for a thread of its own. `commit` returns when
 * the frame is fsync'd and throws when it is not, and then nothing of the frame stays in the way of the next one.
 */
export class SegmentWriter {
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #files: WriterFiles;
  #latestMs: number;
  #active: ActiveSegment | null;

  constructor(start: WriterStart, files: WriterFiles) {
    this.#folder = start.folder;
    this.#segmentBytes = start.segmentBytes;
    this.#files = files;
    this.#latestMs = start.latestMs;
    this.#active = start.resume && this.#open(start.resume);
  }

  commit({ buffer, first, count, latestMs }: FrameToCommit): CommittedTo {
    const segment = this.#segmentFor(first);
    const frame = Buffer.from(buffer);
    const reachedMs = Math.max(this.#latestMs, latestMs);
    const rawBytes = frame.length - frameHeaderBytes;
    sealFrame(frame, segment.salt, { encoding: encodings.raw, rawBytes, count, first, latestMs: reachedMs });
    this.#write(segment, frame);
    this.#sync(segment);
    segment.bytes += frame.length;
    this.#latestMs = reachedMs;
    return {
      first: segment.first,
      path: segment.path,
      bytes: segment.bytes,
      latestBeforeMs: segment.latestBeforeMs,
    };
  }

  close(): void {
    if (this.#active) this.#letGo(this.#active);
    this.#active = null;
  }

  #segmentFor(first: Position): ActiveSegment {
    const active = this.#active;
    if (active && active.bytes < this.#segmentBytes) return active;
    const next = this.#begin(first);
    if (active) this.#letGo(active);
    this.#active = next;
    return next;
  }

  #write(segment: ActiveSegment, frame: Buffer): void {
    try {
      this.#writeAll(segment.fd, frame, segment.bytes);
    } catch (error) {
      if (!this.#cutBack(segment)) this.#abandon(segment);
      throw error;
    }
  }

  /** A disk that fills up takes the first part of a write before it refuses the rest. */
  #writeAll(fd: number, bytes: Buffer, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += this.#files.writeSync(fd, bytes, done, bytes.length - done, at + done);
    }
  }

  /**
   * After a failed fsync the kernel may have dropped the pages and call the next fsync a success: nothing more is
   * entrusted to this file, the next frame begins another.
   */
  #sync(segment: ActiveSegment): void {
    try {
      this.#files.fdatasyncSync(segment.fd);
      this.#mustStillBeThere(segment);
    } catch (error) {
      this.#cutBack(segment);
      this.#abandon(segment);
      throw error;
    }
  }

  /** A file that was deleted, or whose volume was unmounted or covered, still takes writes that nobody will find. */
  #mustStillBeThere(segment: ActiveSegment): void {
    const found = this.#files.statSync(segment.path, { throwIfNoEntry: false });
    if (found?.ino === segment.inode) return;
    throw Object.assign(new Error(`${segment.path} is no longer there`), { code: "ENOENT" });
  }

  #cutBack(segment: ActiveSegment): boolean {
    try {
      this.#files.ftruncateSync(segment.fd, segment.bytes);
      return true;
    } catch {
      return false;
    }
  }

  #abandon(segment: ActiveSegment): void {
    this.#letGo(segment);
    this.#active = null;
  }

  #letGo(segment: ActiveSegment): void {
    try {
      this.#files.closeSync(segment.fd);
    } catch {
      // Everything confirmed was fsync'd before: a failing close takes nothing away.
    }
  }

  /** A file that may not be written to any more is left as it is; the next frame begins another. */
  #open(resume: ResumedSegment): ActiveSegment | null {
    const path = join(this.#folder, segmentName(resume.first));
    try {
      const fd = this.#files.openSync(path, "r+");
      return { ...resume, path, fd, inode: this.#files.fstatSync(fd).ino };
    } catch {
      return null;
    }
  }

  /**
   * The file gets its name when its header is on disk. A file that has the name already holds nothing confirmed, as its
   * first uplink would have the position that is only now given out: it is replaced.
   */
  #begin(first: Position): ActiveSegment {
    const path = join(this.#folder, segmentName(first));
    const salt = randomBytes(4).readUInt32LE();
    const header = encodeSegmentHeader({ salt, first, latestBeforeMs: this.#latestMs, packed: false });
    const fd = this.#files.openSync(`${path}.new`, "w");
    try {
      this.#writeAll(fd, header, 0);
      this.#files.fsyncSync(fd);
      this.#files.renameSync(`${path}.new`, path);
      this.#syncFolder();
      const inode = this.#files.fstatSync(fd).ino;
      return { first, path, fd, inode, salt, latestBeforeMs: this.#latestMs, bytes: segmentHeaderBytes };
    } catch (error) {
      this.#files.closeSync(fd);
      this.#files.rmSync(`${path}.new`, { force: true });
      throw error;
    }
  }

  #syncFolder(): void {
    const fd = this.#files.openSync(this.#folder, "r");
    try {
      this.#files.fsyncSync(fd);
    } finally {
      this.#files.closeSync(fd);
    }
  }
}
