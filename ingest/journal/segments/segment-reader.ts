import type { JournalBatch, JournaledUplink, Position } from "../journal.ts";
import { type Damage, describeDamage } from "./damage.ts";
import type { FrameHeader } from "./frame.ts";
import { readRecords } from "./records.ts";
import { frameEnd, SegmentFile } from "./segment-file.ts";
import { segmentHeaderBytes } from "./segment-header.ts";
import { type Segment, segmentAt } from "./segment-list.ts";

export interface SegmentSource {
  /** By position. May change between two calls. */
  segments(): readonly Segment[];
  damaged(damage: Damage): void;
}

/** A batch holds no more unpacked bytes than this, give or take a frame: memory stays flat however far behind one reads. */
const batchBytes = 4 * 1024 * 1024;

/** What is kept of unpacked frames, for readers that come after one another and take them in several bites. */
const keptBytes = 16 * 1024 * 1024;

/** A place is noted every so many bytes, so that a position is found without walking through the whole file. */
const markEveryBytes = 256 * 1024;
const markedSegments = 64;

interface Mark {
  readonly position: Position;
  readonly offset: number;
}

interface KeptFrame {
  readonly uplinks: readonly JournaledUplink[];
  readonly bytes: number;
}

interface Bite {
  readonly uplinks: JournaledUplink[];
  readonly most: number;
  readonly until: Position;
  bytes: number;
  next: Position;
}

/** Reads uplinks from segment files; damage is reported and skipped. */
export class SegmentReader {
  readonly #source: SegmentSource;
  readonly #frames = new Map<string, KeptFrame>();
  #framesBytes = 0;
  readonly #marks = new Map<string, Mark[]>();

  constructor(source: SegmentSource) {
    this.#source = source;
  }

  /** Up to `most` uplinks of the positions from `from` to before `until`. */
  async read(from: Position, most: number, until: Position): Promise<JournalBatch> {
    const segments = this.#source.segments();
    const bite: Bite = {
      uplinks: [],
      most,
      until,
      bytes: 0,
      next: Math.max(from, segments[0]?.first ?? from),
    };
    for (let index = segmentAt(segments, bite.next); index < segments.length && wants(bite); index++) {
      const limit = Math.min(segments[index + 1]?.first ?? until, until);
      await this.#readSegment(segments[index]!, limit, bite);
    }
    return { uplinks: bite.uplinks, next: bite.next };
  }

  /** Position of the first uplink before `until` that was received at or after this time; `until` when there is none. */
  async positionAt(receivedAtMs: number, until: Position): Promise<Position> {
    const segments = this.#source.segments();
    const later = segments.findIndex((segment) => segment.latestBeforeMs >= receivedAtMs);
    const start = later < 0 ? segments.length - 1 : Math.max(0, later - 1);
    for (let index = Math.max(0, start); index < segments.length; index++) {
      const limit = Math.min(segments[index + 1]?.first ?? until, until);
      const found = await this.#firstSince(segments[index]!, receivedAtMs, limit);
      if (found !== null) return found;
    }
    return until;
  }

  async #readSegment(segment: Segment, limit: Position, bite: Bite): Promise<void> {
    const file = await openIfThere(segment.path);
    if (file) {
      await this.#walk(segment, file, limit, bite).finally(() => file.close());
    } else if (!this.#source.segments().includes(segment)) {
      // Retention dropped it meanwhile.
      bite.next = Math.max(bite.next, this.#source.segments()[0]?.first ?? limit);
    }
    if (wants(bite) && bite.next < limit) this.#skip(segment, limit, bite);
  }

  /** Reads on until the bite is full, the limit is reached or the file has no more sound frame. */
  async #walk(segment: Segment, file: SegmentFile, limit: Position, bite: Bite): Promise<void> {
    const marks = this.#marksOf(file);
    let offset: number | null = await this.#startOf(file, marks, bite.next);
    while (offset !== null && bite.next < limit && wants(bite)) {
      const frame: FrameHeader | null = await file.frameAt(offset);
      if (!frame) {
        offset = await file.soundFrameFrom(offset + 1);
        continue;
      }
      // What a failed write left behind, after which the next segment began.
      if (frame.first >= limit) return;
      note(marks, { position: frame.first, offset });
      if (frame.first + frame.count > bite.next) await this.#take(segment, file, offset, frame, bite);
      if (frame.first + frame.count <= bite.next) offset = frameEnd(offset, frame);
    }
  }

  async #startOf(file: SegmentFile, marks: Mark[], position: Position): Promise<number> {
    const offset = nearest(marks, position);
    if (await file.frameAt(offset)) return offset;
    // Marked before its write was refused and cut away again, as a reader in another process may see it.
    marks.length = 0;
    return segmentHeaderBytes;
  }

  async #take(
    segment: Segment,
    file: SegmentFile,
    offset: number,
    frame: FrameHeader,
    bite: Bite,
  ): Promise<void> {
    const uplinks = await this.#uplinksOf(file, offset, frame);
    if (frame.first > bite.next) this.#skip(segment, frame.first, bite);
    if (!uplinks) return this.#skip(segment, frame.first + frame.count, bite);
    const begin = bite.next - frame.first;
    const end = Math.min(frame.count, begin + bite.most - bite.uplinks.length, bite.until - frame.first);
    for (let index = begin; index < end; index++) bite.uplinks.push(uplinks[index]!);
    bite.bytes += (frame.rawBytes * (end - begin)) / frame.count;
    bite.next = frame.first + end;
  }

  #skip(segment: Segment, to: Position, bite: Bite): void {
    this.#source.damaged(describeDamage(segment.path, bite.next, to));
    bite.next = to;
  }

  async #firstSince(segment: Segment, receivedAtMs: number, limit: Position): Promise<Position | null> {
    const file = await openIfThere(segment.path);
    if (!file) return null;
    try {
      for (let offset: number | null = segmentHeaderBytes; offset !== null; ) {
        const frame: FrameHeader | null = await file.frameAt(offset);
        if (frame && frame.first >= limit) return null;
        const uplinks =
          frame && frame.latestMs >= receivedAtMs && (await this.#uplinksOf(file, offset, frame));
        const found = uplinks ? uplinks.find((uplink) => uplink.receivedAtMs >= receivedAtMs) : undefined;
        if (found) return found.position;
        offset = frame ? frameEnd(offset, frame) : await file.soundFrameFrom(offset + 1);
      }
      return null;
    } finally {
      await file.close();
    }
  }

  async #uplinksOf(
    file: SegmentFile,
    offset: number,
    frame: FrameHeader,
  ): Promise<readonly JournaledUplink[] | null> {
    const key = `${frame.first}:${frame.count}:${frame.bodyCrc}`;
    const kept = this.#frames.get(key);
    if (kept) return kept.uplinks;
    const body = await file.body(offset, frame);
    if (!body) return null;
    // Another reader may have been a moment faster: all of them share the objects.
    const keptMeanwhile = this.#frames.get(key);
    if (keptMeanwhile) return keptMeanwhile.uplinks;
    const uplinks = readRecords(body, frame.first, frame.count);
    this.#keep(key, uplinks, body.length);
    return uplinks;
  }

  #keep(key: string, uplinks: readonly JournaledUplink[], bytes: number): void {
    this.#frames.set(key, { uplinks, bytes });
    this.#framesBytes += bytes;
    for (const [oldest, frame] of this.#frames) {
      if (this.#framesBytes <= keptBytes || oldest === key) return;
      this.#frames.delete(oldest);
      this.#framesBytes -= frame.bytes;
    }
  }

  /** Packing gives a segment a new file: places in the old one do not hold for it. */
  #marksOf({ header }: SegmentFile): Mark[] {
    if (!header) return [];
    const key = `${header.salt}:${header.packed}`;
    const marks = this.#marks.get(key) ?? [];
    this.#marks.set(key, marks);
    forgetOldest(this.#marks, markedSegments);
    return marks;
  }
}

function wants(bite: Bite): boolean {
  return bite.uplinks.length < bite.most && bite.bytes < batchBytes && bite.next < bite.until;
}

async function openIfThere(path: string): Promise<SegmentFile | null> {
  try {
    return await SegmentFile.open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function nearest(marks: readonly Mark[], position: Position): number {
  return marks.findLast((mark) => mark.position <= position)?.offset ?? segmentHeaderBytes;
}

function note(marks: Mark[], mark: Mark): void {
  const last = marks.at(-1);
  if (!last || mark.offset >= last.offset + markEveryBytes) marks.push(mark);
}

function forgetOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
