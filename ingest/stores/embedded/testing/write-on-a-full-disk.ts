import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { openIn, stateBefore, stateOf, timeOf, writeUpTo } from "./numbered-history.ts";

/**
 * Writes while no file may grow beyond what it has, then again without that limit, and tells what came of it as JSON.
 * The limit is this process's own: the disk of whoever runs the test stays as it is.
 */
const folder = process.argv[2]!;
const store = await openIn(folder);
await writeUpTo(store, 200);
const { size } = statSync(join(folder, "hot.duckdb.wal"));
limitFiles(String(size + 3000));
const refused = await failureOf(writeUpTo(store, 400));
const latest = store.latest().length;
await failureOf(store.maintain(timeOf(1000)));
limitFiles("unlimited");
const confirmed = await store.cursor();
await writeUpTo(store, 400);
const right = async () => JSON.stringify(await stateOf(store)) === JSON.stringify(stateBefore(400));
const written = await right();
await store.maintain(timeOf(1000));
console.log(JSON.stringify({ refused, latest, confirmed, written, sealed: await right() }));
await store.close();

function limitFiles(bytes: string): void {
  // Otherwise the system ends whoever writes too much.
  process.on("SIGXFSZ", () => {});
  const { status } = spawnSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:unlimited`]);
  if (status !== 0) throw new Error("prlimit failed");
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "",
    (error: Error) => error.message,
  );
}
