import { type FileHandle, open } from "node:fs/promises";
import { crc32, zstdDecompressSync } from "node:zlib";
import { encodings, type FrameHeader, frameHeaderBytes, readFrameHeader } from "./frame.ts";
import { decodeSegmentHeader, type SegmentHeader, segmentHeaderBytes } from "./segment-header.ts";

/** Read at once, so that small frames cost one system call for many of them. */
const readAheadBytes = 256 * 1024;

/** Offset behind a frame that stands at `offset`. */
export function frameEnd(offset: number, frame: FrameHeader): number {
  return offset + frameHeaderBytes + frame.storedBytes;
}

/** One segment file, open for reading; whoever writes it meanwhile, what was sound when it was written is read. */
export class SegmentFile {
  /** Size when it was opened. */
  readonly size: number;
  /** Null when the first 40 bytes are damaged. */
  readonly header: SegmentHeader | null;
  readonly #handle: FileHandle;
  readonly #salt: number | null;
  #window = Buffer.alloc(0);
  #windowAt = 0;

  private constructor(handle: FileHandle, size: number, opening: Buffer) {
    this.#handle = handle;
    this.size = size;
    this.header = decodeSegmentHeader(opening);
    this.#salt = this.header?.salt ?? saltOfFirstFrame(opening);
  }

  static async open(path: string): Promise<SegmentFile> {
    const handle = await open(path, "r");
    try {
      const opening = Buffer.alloc(segmentHeaderBytes + frameHeaderBytes);
      const { bytesRead } = await handle.read(opening, 0, opening.length, 0);
      return new SegmentFile(handle, (await handle.stat()).size, opening.subarray(0, bytesRead));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The frame whose header stands at `offset`, or null when no sound header does. */
  async frameAt(offset: number): Promise<FrameHeader | null> {
    if (this.#salt === null || offset + frameHeaderBytes > this.size) return null;
    return readFrameHeader(await this.bytes(offset, frameHeaderBytes), this.#salt);
  }

  /** The records of this frame, unpacked; null when they are not what was written. */
  async body(offset: number, frame: FrameHeader): Promise<Buffer | null> {
    if (frameEnd(offset, frame) > this.size) return null;
    const stored = await this.bytes(offset + frameHeaderBytes, frame.storedBytes);
    if (crc32(stored) !== frame.bodyCrc) return null;
    return frame.encoding === encodings.zstd
      ? zstdDecompressSync(stored, { maxOutputLength: frame.rawBytes })
      : stored;
  }

  /** Offset of the first wholly sound frame at or after `offset`; null when there is none. */
  async soundFrameFrom(offset: number): Promise<number | null> {
    if (this.#salt === null) return null;
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(this.#salt);
    for (let at = offset; at + frameHeaderBytes <= this.size; ) {
      const chunk = await this.bytes(at, Math.min(readAheadBytes, this.size - at));
      const found = chunk.indexOf(mark);
      // The mark may lie across the end of the chunk: its last three bytes are looked at again.
      if (found < 0) at += Math.max(1, chunk.length - mark.length + 1);
      else if (await this.#isSound(at + found)) return at + found;
      else at += found + 1;
    }
    return null;
  }

  /** Raw bytes of the file, fewer where it ends. Never written to again. */
  async bytes(offset: number, length: number): Promise<Buffer> {
    const end = this.#windowAt + this.#window.length;
    if (offset < this.#windowAt || offset + length > end) await this.#moveWindow(offset, length);
    return this.#window.subarray(offset - this.#windowAt, offset - this.#windowAt + length);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #isSound(offset: number): Promise<boolean> {
    const frame = await this.frameAt(offset);
    return frame !== null && (await this.body(offset, frame)) !== null;
  }

  async #moveWindow(offset: number, length: number): Promise<void> {
    const wanted = Math.min(Math.max(length, readAheadBytes), Math.max(0, this.size - offset));
    const window = Buffer.allocUnsafeSlow(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#handle.read(window, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = window.subarray(0, filled);
    this.#windowAt = offset;
  }
}

/** Where the file's own header is damaged, its salt is still known from the first frame. */
function saltOfFirstFrame(opening: Buffer): number | null {
  const frame = opening.subarray(segmentHeaderBytes);
  if (frame.length < frameHeaderBytes) return null;
  const salt = frame.readUInt32LE(0);
  return readFrameHeader(frame, salt) && salt;
}
