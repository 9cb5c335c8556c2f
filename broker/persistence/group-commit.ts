import type { SQLInputValue, StatementSync } from "node:sqlite";
import { type DatabaseSync, transaction } from "../../sqlite/open-sqlite.ts";

export interface Row {
  readonly statement: StatementSync;
  readonly values: readonly SQLInputValue[];
}

export interface GroupCommit {
  /** Writes with one of the next groups; nobody waits for it. */
  write(statement: StatementSync, ...values: SQLInputValue[]): void;
  /** Resolves when everything written so far is on disk; rejects when the disk refused it. */
  committed(): Promise<void>;
  /** What keeps the last group off the disk; null when it is there. */
  readonly failing: Error | null;
  /** Writes what is left, now. @throws when the disk refuses it */
  close(): void;
}

/** Somebody's acknowledgement waits: what else arrives in this time shares the fsync. */
const awaitedWithinMs = 5;
/** Nobody waits: an acknowledged command sent twice after a crash is allowed, an fsync each is not. */
const lazyWithinMs = 500;
const retryAfterMs = 1_000;

/**
 * Collects writes and commits them together, so that a thousand devices that come back at once cost a few fsyncs.
 *
 * When a group fails (disk full), memory goes on being the truth: the file is then written anew from `everything`, with
 * the next group that succeeds. So a failure of any length neither grows a log of writes nor leaves a hole in the file.
 */
export function createGroupCommit(
  db: DatabaseSync,
  emptyTables: string,
  everything: () => Iterable<Row>,
): GroupCommit {
  let group: Row[] = [];
  let waiting: PromiseWithResolvers<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let timerIsLazy = false;
  let failing: Error | null = null;
  let closed = false;

  function commit(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const rows = group;
    const told = waiting;
    group = [];
    waiting = null;
    try {
      if (failing === null && rows.length > 0) transaction(db, () => runAll(rows));
      else if (failing !== null) transaction(db, rewrite);
      failing = null;
      told?.resolve();
    } catch (error) {
      failing = error as Error;
      told?.reject(failing);
    }
  }

  function rewrite(): void {
    db.exec(emptyTables);
    runAll(everything());
  }

  function commitByTimer(): void {
    commit();
    if (failing !== null) schedule(retryAfterMs, true);
  }

  function schedule(afterMs: number, lazy: boolean): void {
    if (timer !== null && (lazy || !timerIsLazy)) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(commitByTimer, afterMs);
    timerIsLazy = lazy;
  }

  return {
    get failing() {
      return failing;
    },
    write(statement, ...values) {
      if (closed) return;
      // While the file is behind, the row is in memory and comes with `everything`.
      if (failing === null) group.push({ statement, values });
      schedule(failing === null ? lazyWithinMs : retryAfterMs, true);
    },
    committed() {
      if (closed) return Promise.reject(new Error("the broker is closed"));
      if (group.length === 0 && failing === null) return Promise.resolve();
      if (waiting === null) {
        waiting = Promise.withResolvers();
        waiting.promise.catch(() => {}); // whoever awaits it hears of it; nobody need to
      }
      schedule(awaitedWithinMs, false);
      return waiting.promise;
    },
    close() {
      commit();
      closed = true;
      if (failing !== null) throw failing;
    },
  };
}

function runAll(rows: Iterable<Row>): void {
  for (const { statement, values } of rows) statement.run(...values);
}
