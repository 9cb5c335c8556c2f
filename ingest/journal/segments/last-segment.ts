import type { Position } from "../journal.ts";
import { frameHeaderBytes } from "./frame.ts";
import { recordHeaderBytes } from "./records.ts";
import { frameEnd, type SegmentFile } from "./segment-file.ts";
import { segmentHeaderBytes } from "./segment-header.ts";
import type { Segment } from "./segment-list.ts";

/** How far the last segment reaches. Everything before it ends where the next segment begins. */
export interface Reach {
  /** Position behind the last uplink that can be read. */
  readonly readableEnd: Position;
  /** Position that the next uplink gets. */
  readonly end: Position;
  readonly latestMs: number;
  /** Offset behind the last sound frame. */
  readonly bytes: number;
  /**
   * What follows there: nothing; the beginning of a frame that was never confirmed; or bytes that may once have been
   * confirmed. In the last case `end` lies beyond every position that they can have held.
   */
  readonly rest: "none" | "torn" | "damaged";
}

type Known = Pick<Reach, "readableEnd" | "latestMs" | "bytes">;

/** Walks from `from` (a reach that was seen before, or the start of the segment) to the last sound frame. */
export async function measureReach(file: SegmentFile, from: Known): Promise<Reach> {
  let { readableEnd, latestMs, bytes } = from;
  for (;;) {
    const frame = await file.frameAt(bytes);
    if (frame && (await file.body(bytes, frame))) {
      readableEnd = frame.first + frame.count;
      latestMs = frame.latestMs;
      bytes = frameEnd(bytes, frame);
      continue;
    }
    // Frames are written one by one, each after the last one's fsync: a sound one behind this place means damage.
    const next = await file.soundFrameFrom(bytes + 1);
    if (next === null)
      return { readableEnd, latestMs, bytes, ...(await judgeRest(file, bytes, readableEnd)) };
    bytes = next;
  }
}

export function startOfSegment({ first, latestBeforeMs }: Segment): Known {
  // Infinity stands for a damaged header with no segment behind it to borrow from.
  const latestMs = latestBeforeMs === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : latestBeforeMs;
  return { readableEnd: first, latestMs, bytes: segmentHeaderBytes };
}

/**
 * A write that was cut short leaves a beginning, or nothing but the zeros of a file that grew before its data came.
 * Whatever else is there could be a confirmed frame gone bad: its positions are not given out a second time, or
 * followers that have passed them would never see what comes.
 */
async function judgeRest(
  file: SegmentFile,
  bytes: number,
  end: Position,
): Promise<Pick<Reach, "end" | "rest">> {
  const restBytes = file.size - bytes;
  if (restBytes <= 0) return { end, rest: "none" };
  const frame = await file.frameAt(bytes);
  if (frame && frameEnd(bytes, frame) > file.size) return { end, rest: "torn" };
  if (frame) return { end: frame.first + frame.count, rest: "damaged" };
  if (restBytes < frameHeaderBytes || (await onlyZeros(file, bytes))) return { end, rest: "torn" };
  return { end: end + Math.ceil(restBytes / recordHeaderBytes), rest: "damaged" };
}

async function onlyZeros(file: SegmentFile, from: number): Promise<boolean> {
  const step = 256 * 1024;
  for (let at = from; at < file.size; at += step) {
    const bytes = await file.bytes(at, Math.min(step, file.size - at));
    if (bytes.some((byte) => byte !== 0)) return false;
  }
  return true;
}
