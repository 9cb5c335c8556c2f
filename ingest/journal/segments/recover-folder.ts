import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Position } from "../journal.ts";
import { type Damage, describeDamage } from "./damage.ts";
import { measureReach, type Reach, startOfSegment } from "./last-segment.ts";
import { SegmentFile } from "./segment-file.ts";
import { listSegments, type Segment } from "./segment-list.ts";
import type { ResumedSegment } from "./segment-writer.ts";

export interface RecoveredFolder {
  readonly segments: Segment[];
  readonly end: Position;
  readonly latestMs: number;
  /** The segment to go on with; null when the next uplink begins a new one. */
  readonly resume: ResumedSegment | null;
  readonly damage: Damage | null;
}

/**
 * Brings a folder into the state in which writing may go on: leftovers of unfinished files are removed, and a torn tail
 * is cut. Only the last segment is read; damage elsewhere shows when somebody reads there.
 */
export async function recoverFolder(folder: string): Promise<RecoveredFolder> {
  for (const name of await readdir(folder)) {
    if (/\.journal\.(new|packed)$/.test(name)) await rm(join(folder, name));
  }
  const segments = await listSegments(folder);
  const last = segments.at(-1);
  if (!last) {
    return { segments, end: 0, latestMs: Number.NEGATIVE_INFINITY, resume: null, damage: null };
  }
  return recoverLast(segments, last);
}

async function recoverLast(segments: Segment[], last: Segment): Promise<RecoveredFolder> {
  const file = await SegmentFile.open(last.path);
  const reach = await measureReach(file, startOfSegment(last)).finally(() => file.close());
  if (reach.rest === "torn") await cut(last.path, reach.bytes);
  const { end, latestMs } = reach;
  const damaged = reach.rest === "damaged";
  return {
    segments,
    end,
    latestMs,
    resume: damaged ? null : resumable(last, file, reach),
    damage: damaged ? describeDamage(last.path, reach.readableEnd, end) : null,
  };
}

/** A packed segment is complete, and one whose header is damaged is left as it is. */
function resumable(segment: Segment, { header }: SegmentFile, { bytes }: Reach): ResumedSegment | null {
  if (!header || header.packed) return null;
  segment.bytes = bytes;
  return { first: segment.first, salt: header.salt, latestBeforeMs: header.latestBeforeMs, bytes };
}

async function cut(path: string, bytes: number): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.truncate(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
