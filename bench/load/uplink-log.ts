import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Which uplinks were acknowledged, or sent as probes, and when: 24 bytes each, little-endian. Small enough to keep
 * millions, and read back by whoever checks that nothing of them is missing.
 *
 *   0 u32 line of the device in the credentials file   4 u32 seq   8 f64 device time, ms   16 f64 moment, ms
 */
export interface LoggedUplink {
  /** Line in the credentials file, from 0. */
  readonly device: number;
  readonly seq: number;
  /** Device time as sent, ms since 1970: with the device it names the reading. */
  readonly tsMs: number;
  /** When it was acknowledged, or sent; ms since 1970, with fractions. */
  readonly atMs: number;
}

const recordBytes = 24;
const bufferedRecords = 1000;

export interface UplinkLog {
  add(uplink: LoggedUplink): void;
  close(): void;
}

export function openUplinkLog(file: string): UplinkLog {
  const fd = openSync(file, "w");
  const buffer = Buffer.alloc(recordBytes * bufferedRecords);
  let used = 0;
  const flush = () => {
    writeSync(fd, buffer, 0, used);
    used = 0;
  };
  return {
    add({ device, seq, tsMs, atMs }) {
      if (used === buffer.length) flush();
      buffer.writeUInt32LE(device, used);
      buffer.writeUInt32LE(seq, used + 4);
      buffer.writeDoubleLE(tsMs, used + 8);
      buffer.writeDoubleLE(atMs, used + 16);
      used += recordBytes;
    },
    close() {
      flush();
      closeSync(fd);
    },
  };
}

export function readUplinkLog(file: string): LoggedUplink[] {
  const bytes = readFileSync(file);
  return Array.from({ length: Math.floor(bytes.length / recordBytes) }, (_, index) => {
    const at = index * recordBytes;
    return {
      device: bytes.readUInt32LE(at),
      seq: bytes.readUInt32LE(at + 4),
      tsMs: bytes.readDoubleLE(at + 8),
      atMs: bytes.readDoubleLE(at + 16),
    };
  });
}
