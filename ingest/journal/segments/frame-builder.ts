import type { Uplink } from "../../../devices/index.ts";
import type { Appended } from "../journal.ts";
import { frameHeaderBytes } from "./frame.ts";
import { recordBytesAtMost, writeRecord } from "./records.ts";

/** Uplinks that share one fsync, and whom to tell. The first 48 bytes of `buffer` are left for the header. */
export interface PendingFrame {
  readonly buffer: ArrayBuffer;
  /** Bytes of its records: `buffer` itself is empty here while the writer has it. */
  readonly recordBytes: number;
  readonly count: number;
  readonly latestMs: number;
  readonly appended: readonly Appended[];
}

const startBytes = 256 * 1024;

/** Collects uplinks in one buffer that is used again and again; `take` copies out exactly what was collected. */
export class FrameBuilder {
  #staging = Buffer.allocUnsafeSlow(startBytes);
  #used = frameHeaderBytes;
  #latestMs = Number.NEGATIVE_INFINITY;
  #appended: Appended[] = [];

  get count(): number {
    return this.#appended.length;
  }

  /** Size of the frame so far, header included. */
  get bytes(): number {
    return this.#used;
  }

  /** Copies the uplink in. Returns the bytes it takes. */
  add(uplink: Uplink, appended: Appended): number {
    this.#makeRoom(recordBytesAtMost(uplink));
    const from = this.#used;
    this.#used = writeRecord(this.#staging, from, uplink);
    if (uplink.receivedAtMs > this.#latestMs) this.#latestMs = uplink.receivedAtMs;
    this.#appended.push(appended);
    return this.#used - from;
  }

  take(): PendingFrame {
    const buffer = new ArrayBuffer(this.#used);
    this.#staging.copy(Buffer.from(buffer), 0, 0, this.#used);
    const frame = {
      buffer,
      recordBytes: this.#used - frameHeaderBytes,
      count: this.count,
      latestMs: this.#latestMs,
      appended: this.#appended,
    };
    this.#used = frameHeaderBytes;
    this.#latestMs = Number.NEGATIVE_INFINITY;
    this.#appended = [];
    return frame;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#staging.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#staging.length * 2));
    this.#staging.copy(larger, 0, 0, this.#used);
    this.#staging = larger;
  }
}
