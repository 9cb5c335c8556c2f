import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type CommittedTo, type FrameToCommit, SegmentWriter, type WriterStart } from "./segment-writer.ts";

/**
 * The thread that owns the disk. It blocks in write and fdatasync instead of using libuv's pool, where heavy queries
 * of the store would make an fsync wait for seconds. Its first message is "ready"; then each frame is answered by one reply.
 */
export type WriterReply =
  | { readonly buffer: ArrayBuffer; readonly to: CommittedTo }
  | { readonly refused: { readonly code: string; readonly message: string } };

const port = parentPort!;
const writer = new SegmentWriter(workerData as WriterStart, fs);

port.on("message", (request: FrameToCommit | "close") => {
  if (request === "close") {
    writer.close();
    port.close();
    return;
  }
  const reply = commit(request);
  port.postMessage(reply, "buffer" in reply ? [reply.buffer] : []);
});

port.postMessage("ready");

function commit(request: FrameToCommit): WriterReply {
  try {
    return { buffer: request.buffer, to: writer.commit(request) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // What the operating system did not refuse is our own mistake: it ends the thread, and with it the process.
    if (code === undefined) throw error;
    return { refused: { code, message } };
  }
}
