import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import type { Journal, JournalError } from "../journal.ts";
import { CommitQueue } from "./commit-queue.ts";
import type { InletReply } from "./writer-thread.ts";

/** One end of a way into a journal, as it travels to the thread that appends. */
export interface InletEnd {
  readonly port: MessagePort;
  readonly folder: string;
  readonly maxPendingBytes: number;
  readonly lingerMs: number;
}

/** The write side of a journal that another thread reads and keeps. */
export interface Inlet extends Pick<Journal, "append"> {
  usage(): { readonly pendingUplinks: number; readonly failing: JournalError | null };
  /** Confirms or refuses everything that was appended, then lets go of the journal. */
  close(): Promise<void>;
}

/** @param end from `SegmentJournal.inlet()`, transferred here */
export function openInlet({ port, ...room }: InletEnd): Inlet {
  const queue = new CommitQueue({
    ...room,
    submit: (frame) => port.postMessage(frame, [frame.buffer]),
  });
  port.on("message", (reply: InletReply) => queue.settle(reply === "committed" ? null : reply.refused));
  // The journal may let go of it first.
  const closed = once(port, "close");
  return {
    append: (uplink, appended) => queue.append(uplink, appended),
    usage: () => ({ pendingUplinks: queue.pendingUplinks, failing: queue.failing }),
    async close() {
      await queue.close();
      port.close();
      await closed;
    },
  };
}
