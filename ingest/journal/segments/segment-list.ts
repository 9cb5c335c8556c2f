import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Position } from "../journal.ts";
import { SegmentFile } from "./segment-file.ts";
import { positionOfName } from "./segment-header.ts";

/** One file of the journal: it holds what lies between its first position and that of the next segment. */
export interface Segment {
  readonly first: Position;
  readonly path: string;
  /** Latest arrival of everything before this segment, or more where its header is damaged. */
  readonly latestBeforeMs: number;
  bytes: number;
  packed: boolean;
}

/** The segments of a folder by position, as their names and headers tell. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => positionOfName(name) !== null).sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const segment = await readSegment(join(folder, name), positionOfName(name)!);
    if (segment) segments.push(segment);
  }
  return withKnownTimes(segments);
}

/** Index of the segment in which a position lies; 0 for what lies before all of them. */
export function segmentAt(segments: readonly Segment[], position: Position): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.first <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function readSegment(path: string, first: Position): Promise<Segment | null> {
  let file: SegmentFile;
  try {
    file = await SegmentFile.open(path);
  } catch (error) {
    // Dropped by the server's retention between the listing and this look at it.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const latestBeforeMs = file.header?.latestBeforeMs ?? Number.NaN;
  await file.close();
  return { first, path, bytes: file.size, latestBeforeMs, packed: file.header?.packed ?? false };
}

/** A damaged header borrows the time of the next segment, which is never earlier. */
function withKnownTimes(segments: readonly Segment[]): Segment[] {
  let nextMs = Number.POSITIVE_INFINITY;
  const known = segments.toReversed().map((segment) => {
    if (!Number.isNaN(segment.latestBeforeMs)) nextMs = segment.latestBeforeMs;
    return { ...segment, latestBeforeMs: nextMs };
  });
  return known.reverse();
}
