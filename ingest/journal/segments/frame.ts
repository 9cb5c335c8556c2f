import { crc32 } from "node:zlib";
import type { Position } from "../journal.ts";

/**
 * A frame is what one fsync makes durable: a header of 48 bytes, then the records (see records.ts). Little-endian.
 *
 *   0 u32 salt of the segment      12 u32 bytes of the body unpacked   32 f64 latest arrival up to here, ms
 *   4 u8  version                  16 u32 records                      40 u32 zero
 *   5 u8  encoding of the body     20 u32 CRC-32 of the stored body    44 u32 CRC-32 of bytes 0–43
 *   6 u16 zero                     24 f64 position of the first record
 *   8 u32 stored bytes of the body
 *
 * The salt is random for each segment, so a payload made to look like a frame is not taken for one when a damaged
 * file is searched for the next sound frame.
 */
export const frameHeaderBytes = 48;

export const encodings = { raw: 0, zstd: 1 } as const;
export type Encoding = (typeof encodings)[keyof typeof encodings];

const version = 1;

export interface FrameHeader {
  readonly encoding: Encoding;
  /** Bytes of the body in the file, without the header. */
  readonly storedBytes: number;
  /** Bytes of the body once unpacked. */
  readonly rawBytes: number;
  readonly count: number;
  readonly first: Position;
  /** The latest arrival of this frame and of everything before it in the journal: never falls, whatever the clock does. */
  readonly latestMs: number;
  readonly bodyCrc: number;
}

/** Writes the header into the first 48 bytes of `frame`; the stored body already stands behind them. */
export function sealFrame(
  frame: Buffer,
  salt: number,
  header: Omit<FrameHeader, "storedBytes" | "bodyCrc">,
): void {
  const body = frame.subarray(frameHeaderBytes);
  frame.writeUInt32LE(salt, 0);
  frame.writeUInt8(version, 4);
  frame.writeUInt8(header.encoding, 5);
  frame.writeUInt16LE(0, 6);
  frame.writeUInt32LE(body.length, 8);
  frame.writeUInt32LE(header.rawBytes, 12);
  frame.writeUInt32LE(header.count, 16);
  frame.writeUInt32LE(crc32(body), 20);
  frame.writeDoubleLE(header.first, 24);
  frame.writeDoubleLE(header.latestMs, 32);
  frame.writeUInt32LE(0, 40);
  frame.writeUInt32LE(crc32(frame.subarray(0, 44)), 44);
}

/** The header at the start of `bytes`, or null when these are not 48 sound bytes of this segment. */
export function readFrameHeader(bytes: Buffer, salt: number): FrameHeader | null {
  if (bytes.length < frameHeaderBytes) return null;
  if (bytes.readUInt32LE(0) !== salt || bytes.readUInt8(4) !== version) return null;
  if (bytes.readUInt32LE(44) !== crc32(bytes.subarray(0, 44))) return null;
  return {
    encoding: bytes.readUInt8(5) as Encoding,
    storedBytes: bytes.readUInt32LE(8),
    rawBytes: bytes.readUInt32LE(12),
    count: bytes.readUInt32LE(16),
    bodyCrc: bytes.readUInt32LE(20),
    first: bytes.readDoubleLE(24),
    latestMs: bytes.readDoubleLE(32),
  };
}
