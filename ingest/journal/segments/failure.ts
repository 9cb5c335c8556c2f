import { JournalError } from "../journal.ts";

/** What the operating system's refusals mean for the person who has to mend them. */
const meanings: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space",
  EDQUOT: "the disk quota is used up; free some space or raise the quota",
  EFBIG: "the file may not grow any further; raise the limit for file sizes (ulimit -f)",
  EROFS: "the disk is mounted read-only; look for disk errors in the system log, then mount it writable",
  EACCES: "this user may not write there; give the folder to the user that runs this program",
  EPERM: "this user may not write there; give the folder to the user that runs this program",
  EIO: "the disk reports an input/output error; replace it soon",
  ENOENT: "the folder or its file is gone; mount the volume again or make the folder anew",
  EMFILE: "this process has too many files open; raise the limit (ulimit -n)",
};

/** A write that failed: what was tried, where, why, and what would help. */
export function cannotWrite(folder: string, code: string, reason: string): JournalError {
  const meaning = meanings[code] ?? reason;
  return new JournalError(`the journal in ${folder} cannot write (${code}): ${meaning}`, code, reason);
}

export function cannotOpen(folder: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  const { code = "EUNKNOWN", message } = error as NodeJS.ErrnoException;
  return new JournalError(
    `the journal in ${folder} cannot be opened (${code}): ${meanings[code] ?? message}`,
    code,
    error,
  );
}

export function tooSlow(folder: string, pendingBytes: number): JournalError {
  const waiting = `${(pendingBytes / 1024 / 1024).toFixed(1)} MiB`;
  return new JournalError(
    `the journal in ${folder} takes no more for the moment (EBUSY): ${waiting} are waiting for a disk that is too slow`,
    "EBUSY",
  );
}
