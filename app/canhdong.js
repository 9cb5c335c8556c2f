#!/usr/bin/env -S UV_THREADPOOL_SIZE=16 MALLOC_ARENA_MAX=2 node --disable-warning=ExperimentalWarning --max-semi-space-size=4 --v8-pool-size=1
// The one file in JavaScript: reading TypeScript takes a parser of 14 MB, which is not loaded when everything else comes
// out of the compile cache.
//
// DuckDB's queries take threads of libuv's pool for as long as they run; with the default of four they would starve
// file and DNS work. The pool's size is read when it is first used, hence set before Node starts, as is the young
// generation: what comes in batches outlives a larger one as well, and the larger one is never given back. So it is with
// glibc's arenas, of which each thread would get one of its own. V8's own threads collect garbage for all: four of them, as
// usual, take the cores from the thread that acknowledges (p99 of 10 to 96 ms instead of 10 to 24 on two cores).
import { constants, enableCompileCache, getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";

// What was compiled once is not parsed again: it takes a third of the time. The cache lies with the packages, filled when they
// are installed (deploy/warm-up.sh); whoever may not write there keeps one of his own. Threads look for it in the environment.
const { FAILED } = constants.compileCacheStatus;
const installed = join(import.meta.dirname, "../node_modules/.cache/canhdong");
if (enableCompileCache(installed).status !== FAILED || enableCompileCache().status !== FAILED) {
  process.env.NODE_COMPILE_CACHE ??= dirname(getCompileCacheDir());
}
// Whoever reads only the first lines (`| head`) has what he wanted; the code is that of a program that a shell ends by SIGPIPE.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(141);
});
const { runCommandLine } = await import("./commands/run-command-line.ts");

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  now: Date.now,
});
