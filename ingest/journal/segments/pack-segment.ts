import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type { Position } from "../journal.ts";
import { encodings, type FrameHeader, frameHeaderBytes, sealFrame } from "./frame.ts";
import { frameEnd, SegmentFile } from "./segment-file.ts";
import { encodeSegmentHeader, type SegmentHeader, segmentHeaderBytes } from "./segment-header.ts";
import type { Segment } from "./segment-list.ts";

const compress = promisify(zstdCompress);

/** Small frames are joined up to this size, which is where zstd finds what repeats, and a reader still unpacks little. */
const packedFrameBytes = 1024 * 1024;

/**
 * Rewrites a closed segment compressed, about nine times smaller, in a file of the same shape that takes its place in
 * one step. Runs piece by piece in libuv's pool, where it may wait its turn.
 *
 * @returns the new size; null when not everything up to `end` could be read: a damaged segment stays as it is
 */
export async function packSegment(
  segment: Segment,
  end: Position,
  stopped: () => boolean,
): Promise<number | null> {
  const temporary = `${segment.path}.packed`;
  const source = await SegmentFile.open(segment.path);
  try {
    if (!source.header) return null;
    const target = await open(temporary, "w");
    const bytes = await pack(source, source.header, target, end, stopped).finally(() => target.close());
    if (bytes !== null) await replace(temporary, segment.path);
    return bytes;
  } finally {
    await source.close();
    await rm(temporary, { force: true });
  }
}

async function pack(
  source: SegmentFile,
  header: SegmentHeader,
  target: FileHandle,
  end: Position,
  stopped: () => boolean,
): Promise<number | null> {
  await target.appendFile(encodeSegmentHeader({ ...header, packed: true }));
  let bytes = segmentHeaderBytes;
  let next = header.first;
  for (let offset = segmentHeaderBytes; next < end; ) {
    const group = await collect(source, offset, next, end);
    if (!group || stopped()) return null;
    const frame = await packedFrame(group, header.salt);
    await target.appendFile(frame);
    bytes += frame.length;
    next += group.count;
    offset = group.endOffset;
  }
  await target.sync();
  return bytes;
}

interface Group {
  readonly bodies: readonly Buffer[];
  readonly first: Position;
  readonly count: number;
  readonly latestMs: number;
  readonly endOffset: number;
}

/** The next frames, as many as fit one packed frame; null when the frame that should come is not there. */
async function collect(
  source: SegmentFile,
  from: number,
  first: Position,
  end: Position,
): Promise<Group | null> {
  const bodies: Buffer[] = [];
  let [offset, count, rawBytes] = [from, 0, 0];
  let latestMs = Number.NEGATIVE_INFINITY;
  while (first + count < end) {
    const frame: FrameHeader | null = await source.frameAt(offset);
    if (bodies.length > 0 && frame && rawBytes + frame.rawBytes > packedFrameBytes) break;
    const body = frame?.first === first + count ? await source.body(offset, frame) : null;
    if (!frame || !body) return null;
    bodies.push(body);
    count += frame.count;
    rawBytes += frame.rawBytes;
    latestMs = frame.latestMs;
    offset = frameEnd(offset, frame);
  }
  return { bodies, first, count, latestMs, endOffset: offset };
}

async function packedFrame({ bodies, first, count, latestMs }: Group, salt: number): Promise<Buffer> {
  const raw = Buffer.concat(bodies);
  const frame = Buffer.concat([Buffer.alloc(frameHeaderBytes), await compress(raw)]);
  sealFrame(frame, salt, { encoding: encodings.zstd, rawBytes: raw.length, count, first, latestMs });
  return frame;
}

async function replace(temporary: string, path: string): Promise<void> {
  await rename(temporary, path);
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}
