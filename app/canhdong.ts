#!/usr/bin/env -S UV_THREADPOOL_SIZE=16 node --disable-warning=ExperimentalWarning
// DuckDB's queries take threads of libuv's pool for as long as they run; with the default of four they would starve
// file and DNS work. The pool's size is read when it is first used, hence set before Node starts.
import { enableCompileCache } from "node:module";

// From the second start on nothing is parsed again: it takes a third of the time.
enableCompileCache();
const { runCommandLine } = await import("./commands/run-command-line.ts");

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  now: Date.now,
});
