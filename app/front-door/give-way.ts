import { readdirSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";

/** As `nice -n 10` does: where both want a core, the front door gets nine tenths of it. */
const niceness = 10;

/**
 * Lets everything that stands behind the journal (this thread, queries, file work) give way to the threads of the front door and of
 * the journal's writer, so that a busy moment of the store is not felt in an acknowledgement. Nothing of it waits for ever: a
 * core that nobody else wants is its own.
 *
 * Only Linux knows priorities of threads; elsewhere nothing is changed.
 */
export function giveWay(): void {
  if (process.platform !== "linux") return;
  for (const thread of readdirSync("/proc/self/task")) {
    const name = readFileSync(`/proc/self/task/${thread}/comm`, "utf8").trim();
    if (!goesFirst.has(name)) setPriority(Number(thread), niceness);
  }
}

/** Threads that Node made for `new Worker`, and those on which V8 collects garbage for all. */
const goesFirst = new Set(["WorkerThread", "V8Worker"]);
