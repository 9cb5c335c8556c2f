import { crc32 } from "node:zlib";
import type { Position } from "../journal.ts";

/**
 * A segment file opens with 40 bytes: "CANHDONG", u16 version, u16 1 when packed, u32 salt, f64 position of its first
 * uplink, f64 latest arrival of everything before it (ms), u32 zero, u32 CRC-32 of bytes 0–35. Little-endian.
 */
export const segmentHeaderBytes = 40;

const magic = "CANHDONG";
const version = 1;

export interface SegmentHeader {
  readonly salt: number;
  readonly first: Position;
  readonly latestBeforeMs: number;
  /** Whether the file was rewritten compressed, which also says that nothing will be added to it. */
  readonly packed: boolean;
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes);
  bytes.write(magic, 0, "latin1");
  bytes.writeUInt16LE(version, 8);
  bytes.writeUInt16LE(header.packed ? 1 : 0, 10);
  bytes.writeUInt32LE(header.salt, 12);
  bytes.writeDoubleLE(header.first, 16);
  bytes.writeDoubleLE(header.latestBeforeMs, 24);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 36)), 36);
  return bytes;
}

/** The header, or null when these are not the bytes that were written. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | null {
  if (bytes.length < segmentHeaderBytes || bytes.toString("latin1", 0, 8) !== magic) return null;
  if (bytes.readUInt32LE(36) !== crc32(bytes.subarray(0, 36)) || bytes.readUInt16LE(8) !== version)
    return null;
  return {
    packed: bytes.readUInt16LE(10) === 1,
    salt: bytes.readUInt32LE(12),
    first: bytes.readDoubleLE(16),
    latestBeforeMs: bytes.readDoubleLE(24),
  };
}

/** Names sort as positions do: a safe integer has at most 16 digits. */
export function segmentName(first: Position): string {
  return `${String(first).padStart(16, "0")}.journal`;
}

/** Position of the segment's first uplink, or null for a file that is no segment. */
export function positionOfName(name: string): Position | null {
  return /^\d{16}\.journal$/.test(name) ? Number(name.slice(0, 16)) : null;
}
