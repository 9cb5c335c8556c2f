import fs from "node:fs";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Position } from "../journal.ts";
import { type CommittedTo, type FrameToCommit, SegmentWriter, type WriterStart } from "./segment-writer.ts";

/**
 * The thread that owns the disk. It blocks in write and fdatasync instead of using libuv's pool, where heavy queries
 * of the store would make an fsync wait for seconds. Its first message is "ready".
 *
 * Frames come from the journal and from its inlets, one at a time from each, and get their positions here, in the order
 * of their coming. The journal hears of every frame, so that it can read what others have appended; an inlet hears of its own.
 */
export type ToWriter = SubmittedFrame | { readonly inlet: MessagePort } | { readonly mark: number } | "close";

/** A frame whose positions are not given out yet. */
export type SubmittedFrame = Omit<FrameToCommit, "first">;

/** What the journal hears. */
export type FromWriter = (FrameOutcome & { readonly own: boolean }) | { readonly mark: number };

export type FrameOutcome = FrameCommitted | FrameRefused;

export interface FrameCommitted {
  readonly first: Position;
  readonly count: number;
  readonly to: CommittedTo;
  /** The frame itself; null when it is somebody else's and too much of the kind has not been looked at yet. */
  readonly buffer: ArrayBuffer | null;
}

export interface FrameRefused {
  readonly refused: { readonly code: string; readonly message: string };
}

/** What an inlet hears. */
export type InletReply = "committed" | FrameRefused;

export interface WriterThreadStart extends WriterStart {
  readonly end: Position;
  /** One 32-bit number: bytes of frames sent to the journal that it has not looked at. Whoever looks subtracts. */
  readonly unseenBytes: SharedArrayBuffer;
}

/** Beyond this a frame is not sent along: whoever is that far behind reads it from the disk. */
const mostUnseenBytes = 32 * 1024 * 1024;

const journal = parentPort!;
const start = workerData as WriterThreadStart;
const writer = new SegmentWriter(start, fs);
const unseen = new Int32Array(start.unseenBytes);
const inlets = new Set<MessagePort>();
let end = start.end;

journal.on("message", (request: ToWriter) => {
  if (request === "close") close();
  else if ("inlet" in request) serve(request.inlet);
  else if ("mark" in request) journal.postMessage(request);
  else tellJournal(commit(request), true);
});

journal.postMessage("ready");

function serve(inlet: MessagePort): void {
  inlets.add(inlet);
  inlet.on("close", () => inlets.delete(inlet));
  inlet.on("message", (frame: SubmittedFrame) => {
    const outcome = commit(frame);
    // Before the reply: whoever acts upon the receipt finds that a mark set by the journal comes behind the frame.
    tellJournal(outcome, false);
    inlet.postMessage("refused" in outcome ? outcome : "committed");
  });
}

function close(): void {
  for (const inlet of inlets) inlet.close();
  writer.close();
  journal.close();
}

function tellJournal(outcome: FrameOutcome, own: boolean): void {
  if ("refused" in outcome || outcome.buffer === null) {
    journal.postMessage({ ...outcome, own });
    return;
  }
  const { buffer } = outcome;
  if (!own && Atomics.load(unseen, 0) > mostUnseenBytes) {
    journal.postMessage({ ...outcome, own, buffer: null });
    return;
  }
  Atomics.add(unseen, 0, buffer.byteLength);
  journal.postMessage({ ...outcome, own }, [buffer]);
}

function commit(frame: SubmittedFrame): FrameOutcome {
  const { buffer, count } = frame;
  try {
    const first = end;
    const to = writer.commit({ ...frame, first });
    end += count;
    return { first, count, to, buffer };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // What the operating system did not refuse is our own mistake: it ends the thread, and with it the process.
    if (code === undefined) throw error;
    return { refused: { code, message } };
  }
}
