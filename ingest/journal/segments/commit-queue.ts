import type { Uplink } from "../../../devices/index.ts";
import { type Appended, JournalError } from "../journal.ts";
import { cannotWrite, tooSlow } from "./failure.ts";
import { FrameBuilder, type PendingFrame } from "./frame-builder.ts";
import { recordBytesAtMost, unfit } from "./records.ts";
import type { FrameRefused, SubmittedFrame } from "./writer-thread.ts";

export interface CommitQueueParts {
  /** For messages. */
  readonly folder: string;
  readonly maxPendingBytes: number;
  readonly lingerMs: number;
  /** Hands a frame to the writer, whose answer is to be brought to `settle`. */
  submit(frame: SubmittedFrame): void;
}

/** A frame that has reached this size is closed. Larger ones would only make readers unpack more at once. */
const frameBytes = 1024 * 1024;

/**
 * Group commit: one frame is at the disk, and what arrives meanwhile is the next one. One at a time, because the answers
 * have to come in the order of the calls, whichever frame the disk refuses.
 */
export class CommitQueue {
  readonly #parts: CommitQueueParts;
  readonly #builder = new FrameBuilder();
  readonly #full: PendingFrame[] = [];
  #inFlight: PendingFrame | null = null;
  #scheduled: { cancel(): void } | null = null;
  #pendingBytes = 0;
  #pendingUplinks = 0;
  #failing: JournalError | null = null;
  #drained: (() => void) | null = null;
  #closed = false;

  constructor(parts: CommitQueueParts) {
    this.#parts = parts;
  }

  get pendingUplinks(): number {
    return this.#pendingUplinks;
  }

  get failing(): JournalError | null {
    return this.#failing;
  }

  append(uplink: Uplink, appended: Appended): void {
    const refusal = this.#refusal(uplink);
    if (refusal) {
      // Not from inside `append`, so that a caller may count what it has handed over before it hears of it.
      queueMicrotask(() => appended(refusal));
      return;
    }
    this.#pendingBytes += this.#builder.add(uplink, appended);
    this.#pendingUplinks += 1;
    if (this.#builder.bytes >= frameBytes) this.#full.push(this.#builder.take());
    this.#schedule();
  }

  /** Takes nothing more; resolves when everything that was appended has its answer. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#submitNow();
    if (this.#pendingUplinks > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  /** @param refusal why the frame at the disk is not there; null when it is */
  settle(refusal: FrameRefused["refused"] | null): void {
    const frame = this.#inFlight!;
    this.#inFlight = null;
    this.#pendingUplinks -= frame.count;
    this.#pendingBytes -= frame.recordBytes;
    const failure = refusal && cannotWrite(this.#parts.folder, refusal.code, refusal.message);
    this.#failing = failure;
    for (const appended of frame.appended) appended(failure);
    if (this.#pendingUplinks > 0) this.#schedule();
    else this.#drained?.();
  }

  #refusal(uplink: Uplink): JournalError | null {
    const { folder, maxPendingBytes } = this.#parts;
    if (this.#closed) return new JournalError(`the journal in ${folder} is closed`, "ECLOSED");
    const problem = unfit(uplink);
    if (problem) return new JournalError(`an uplink cannot be journaled: ${problem}`, "EMSGSIZE");
    if (this.#pendingBytes + recordBytesAtMost(uplink) <= maxPendingBytes) return null;
    this.#failing ??= tooSlow(folder, this.#pendingBytes);
    return tooSlow(folder, this.#pendingBytes);
  }

  #schedule(): void {
    if (this.#inFlight || this.#scheduled) return;
    const submit = () => {
      this.#scheduled = null;
      this.#submit();
    };
    // Even without lingering, what came with the same turn of the event loop shares the frame.
    if (this.#parts.lingerMs > 0 && this.#full.length === 0 && !this.#closed) {
      const timer = setTimeout(submit, this.#parts.lingerMs);
      this.#scheduled = { cancel: () => clearTimeout(timer) };
    } else {
      const turn = setImmediate(submit);
      this.#scheduled = { cancel: () => clearImmediate(turn) };
    }
  }

  #submitNow(): void {
    this.#scheduled?.cancel();
    this.#scheduled = null;
    if (!this.#inFlight) this.#submit();
  }

  #submit(): void {
    const frame = this.#full.shift() ?? (this.#builder.count > 0 ? this.#builder.take() : null);
    if (!frame) return;
    this.#inFlight = frame;
    const { buffer, count, latestMs } = frame;
    this.#parts.submit({ buffer, count, latestMs });
  }
}
