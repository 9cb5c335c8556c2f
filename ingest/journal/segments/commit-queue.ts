import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import type { Uplink } from "../../../devices/index.ts";
import { type Appended, JournalError, type Position } from "../journal.ts";
import { cannotWrite, tooSlow } from "./failure.ts";
import { FrameBuilder, type PendingFrame } from "./frame-builder.ts";
import { recordBytesAtMost, unfit } from "./records.ts";
import type { CommittedTo } from "./segment-writer.ts";
import type { WriterReply } from "./writer-thread.ts";

export interface CommitQueueParts {
  readonly folder: string;
  /** Runs writer-thread.ts. */
  readonly worker: Worker;
  readonly end: Position;
  readonly maxPendingBytes: number;
  readonly lingerMs: number;
  /** Called when a frame is on disk and `end` has moved, before its uplinks hear of it. */
  committed(buffer: ArrayBuffer, first: Position, count: number, to: CommittedTo): void;
  /** Called after its uplinks have heard of it. */
  confirmed(): void;
}

/** A frame that has reached this size is closed. Larger ones would only make readers unpack more at once. */
const frameBytes = 1024 * 1024;

/**
 * Group commit: one frame is at the disk, and what arrives meanwhile is the next one. One at a time, because positions
 * are given out when a frame goes to the disk, and a frame that fails gives its positions back.
 */
export class CommitQueue {
  readonly #parts: CommitQueueParts;
  readonly #builder = new FrameBuilder();
  readonly #full: PendingFrame[] = [];
  #inFlight: PendingFrame | null = null;
  #scheduled: { cancel(): void } | null = null;
  #end: Position;
  #pendingBytes = 0;
  #pendingUplinks = 0;
  #failing: JournalError | null = null;
  #drained: (() => void) | null = null;
  #closed = false;

  constructor(parts: CommitQueueParts) {
    this.#parts = parts;
    this.#end = parts.end;
    // No listener for "error": a writer that throws has a bug, and ends the process instead of losing uplinks in silence.
    parts.worker.on("message", (reply: WriterReply) => this.#settle(reply));
  }

  get end(): Position {
    return this.#end;
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

  /** Settles everything that was appended, then ends the writer. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#submitNow();
    if (this.#pendingUplinks > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
    const exited = once(this.#parts.worker, "exit");
    this.#parts.worker.postMessage("close");
    await exited;
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
    this.#parts.worker.postMessage({ buffer, first: this.#end, count, latestMs }, [buffer]);
  }

  #settle(reply: WriterReply): void {
    const frame = this.#inFlight!;
    this.#inFlight = null;
    this.#pendingUplinks -= frame.count;
    this.#pendingBytes -= frame.recordBytes;
    const failure = "refused" in reply ? this.#failure(reply.refused) : null;
    this.#failing = failure;
    if ("to" in reply) this.#commit(frame, reply);
    for (const appended of frame.appended) appended(failure);
    if (!failure) this.#parts.confirmed();
    if (this.#pendingUplinks > 0) this.#schedule();
    else this.#drained?.();
  }

  #commit(frame: PendingFrame, { buffer, to }: Extract<WriterReply, { to: CommittedTo }>): void {
    const first = this.#end;
    this.#end += frame.count;
    this.#parts.committed(buffer, first, frame.count, to);
  }

  #failure({ code, message }: { code: string; message: string }): JournalError {
    return cannotWrite(this.#parts.folder, code, message);
  }
}
