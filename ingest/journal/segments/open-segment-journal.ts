import { once } from "node:events";
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { FolderInUse, lockFolder } from "../../../sqlite/lock-folder.ts";
import { JournalError, type Position } from "../journal.ts";
import type { Damage } from "./damage.ts";
import { cannotOpen } from "./failure.ts";
import { type RecoveredFolder, recoverFolder } from "./recover-folder.ts";
import { SegmentJournal } from "./segment-journal.ts";
import { Tail } from "./tail.ts";
import type { WriterThreadStart } from "./writer-thread.ts";

export interface SegmentJournalOptions {
  /** Made when missing. Nothing else belongs in it. */
  readonly folder: string;
  /** Size at which a segment is closed, after which it is compressed and retention may drop it. Default 64 MiB. */
  readonly segmentBytes?: number;
  /** Memory kept for readers that keep up. Default 32 MiB. */
  readonly tailBytes?: number;
  /** What may wait for the disk before `append` refuses with EBUSY. Default 64 MiB. */
  readonly maxPendingBytes?: number;
  /**
   * How long an uplink waits for company before the disk is asked, in ms: fewer and larger fsyncs, less CPU and wear,
   * for that much latency. Default 0: only what arrives during one fsync shares the next.
   */
  readonly lingerMs?: number;
  /**
   * Positions below this one are not given out: the furthest cursor of the followers, so that a journal whose folder was
   * lost (or left out of a restored backup) does not use positions again that they have already passed. Default 0.
   */
  readonly notBefore?: Position;
  /** Told once for each range that can no longer be read. Default: a process warning. */
  readonly onDamage?: (damage: Damage) => void;
}

const mebibyte = 1024 * 1024;

/**
 * Opens (or makes) a journal in a folder of its own. A torn tail, which was never confirmed, is cut.
 *
 * @throws JournalError ELOCKED when another process has it open, or with the operating system's word when the folder
 *   cannot be used
 */
export async function openSegmentJournal(options: SegmentJournalOptions): Promise<SegmentJournal> {
  const { folder, notBefore = 0 } = options;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    const lock = lockedHere(folder);
    try {
      return await createJournal(options, startingAt(await recoverFolder(folder), notBefore), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw cannotOpen(folder, error);
  }
}

function lockedHere(folder: string): { release(): void } {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const message = `the journal in ${folder} is already open in ${error.owner}: stop that one first, or use another folder`;
    throw new JournalError(message, "ELOCKED", error);
  }
}

async function createJournal(
  options: SegmentJournalOptions,
  found: RecoveredFolder,
  lock: { release(): void },
): Promise<SegmentJournal> {
  const { folder, segmentBytes = 64 * mebibyte, tailBytes = 32 * mebibyte } = options;
  const { maxPendingBytes = 64 * mebibyte, lingerMs = 0, onDamage = warn } = options;
  const { end, segments, latestMs, resume } = found;
  const unseenBytes = new SharedArrayBuffer(4);
  const start: WriterThreadStart = { folder, segmentBytes, latestMs, resume, end, unseenBytes };
  const writer = new Worker(new URL("./writer-thread.ts", import.meta.url), {
    workerData: start,
    // It handles numbers and buffers: what it would keep of short-lived objects is nothing that anybody misses.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  await once(writer, "message");
  const journal = new SegmentJournal({
    folder,
    segments,
    lock,
    onDamage,
    writer,
    unseenBytes,
    maxPendingBytes,
    lingerMs,
    tail: new Tail(end, tailBytes),
  });
  if (found.damage) journal.damaged(found.damage);
  return journal;
}

function startingAt(found: RecoveredFolder, notBefore: Position): RecoveredFolder {
  return found.end >= notBefore ? found : { ...found, end: notBefore, resume: null };
}

function warn({ message }: Damage): void {
  process.emitWarning(message, "JournalDamage");
}
