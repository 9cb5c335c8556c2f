import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { JournalError } from "../journal.ts";

const busy = 5; // SQLITE_BUSY

/**
 * Keeps a second process out of the folder. SQLite asks the operating system for the lock, which Node cannot do by
 * itself: it ends with the process, however that ends, so a lock is never stale and a process number used again (always
 * the same one in a container) is not taken for the owner. The file `lock.pid` only serves the message.
 *
 * @throws JournalError ELOCKED when another journal has the folder open
 */
export function lockFolder(folder: string): { release(): void } {
  const owner = join(folder, "lock.pid");
  const lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  try {
    // Nothing is ever written: with no rollback file the lock can be taken on a full disk, too.
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw (error as { errcode?: number }).errcode === busy ? alreadyOpen(folder, owner, error) : error;
  }
  tell(owner);
  return {
    release() {
      forget(owner);
      lock.close();
    },
  };
}

function alreadyOpen(folder: string, owner: string, cause: unknown): JournalError {
  return new JournalError(
    `the journal in ${folder} is already open in ${ownerOf(owner)}: stop that one first, or use another folder`,
    "ELOCKED",
    cause,
  );
}

function ownerOf(owner: string): string {
  try {
    return `process ${readFileSync(owner, "utf8").trim()}`;
  } catch {
    return "another process";
  }
}

function tell(owner: string): void {
  try {
    writeFileSync(owner, `${process.pid}\n`);
  } catch {
    // A full disk: the lock holds all the same.
  }
}

function forget(owner: string): void {
  try {
    rmSync(owner, { force: true });
  } catch {
    // A disk that has become read-only: the next owner overwrites it.
  }
}
