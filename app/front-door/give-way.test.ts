import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const giveWay = new URL("./give-way.ts", import.meta.url).href;

test.runIf(process.platform === "linux")(
  "threads made for a purpose keep their priority, everything else steps back",
  () => {
    const script = `
    import { readdirSync, readFileSync } from "node:fs";
    import { getPriority } from "node:os";
    import { Worker } from "node:worker_threads";
    const worker = new Worker(new URL('data:text/javascript,import { parentPort } from "node:worker_threads"; setInterval(() => {}, 1000); parentPort.postMessage(0)'));
    await new Promise((resolve) => worker.once("message", resolve));
    await (await import("node:fs/promises")).stat("/");
    (await import(${JSON.stringify(giveWay)})).giveWay();
    const threads = readdirSync("/proc/self/task").map((thread) =>
      [readFileSync("/proc/self/task/" + thread + "/comm", "utf8").trim(), getPriority(Number(thread))]);
    console.log(JSON.stringify(threads));
    process.exit(0);`;
    const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", script];
    const threads = JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8" })) as [
      string,
      number,
    ][];
    const priorityOf = (name: string) => new Set(threads.filter(([own]) => own === name).map(([, p]) => p));
    expect(priorityOf("WorkerThread")).toEqual(new Set([0]));
    expect(priorityOf("MainThread")).toEqual(new Set([10]));
    expect(priorityOf("libuv-worker")).toEqual(new Set([10]));
  },
);
