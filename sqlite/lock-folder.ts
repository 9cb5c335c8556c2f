import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const busy = 5; // SQLITE_BUSY

/** Somebody else has the folder. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
  /** In words: `process 742`, or `another process` where it could not be written down. */
  readonly owner: string;

  constructor(folder: string, owner: string, cause: unknown) {
    super(`${folder} is in use by ${owner}`, { cause });
    this.owner = owner;
  }
}

/**
 * Keeps a second owner out of the folder. SQLite asks the operating system for the lock, which Node cannot do by
 * itself: it ends with the process, however that ends, so a lock is never stale and a process number used again (always
 * the same one in a container) is not taken for the owner. The file `lock.pid` only serves the message.
 *
 * @throws FolderInUse, or what SQLite says of a folder in which it may not write
 */
export function lockFolder(folder: string): { release(): void } {
  const owner = join(folder, "lock.pid");
  const lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  try {
    // Nothing is ever written: with no rollback file the lock can be taken on a full disk, too.
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    const isBusy = (error as { errcode?: number }).errcode === busy;
    throw isBusy ? new FolderInUse(folder, ownerOf(owner), error) : error;
  }
  tell(owner);
  return {
    release() {
      forget(owner);
      lock.close();
    },
  };
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
