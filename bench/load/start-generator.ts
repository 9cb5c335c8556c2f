import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { LoadRequest } from "./plan.ts";
import type { LoadReport } from "./run-load.ts";

export interface Generator {
  readonly report: Promise<LoadReport>;
  /** Ends the sending early; the report comes all the same. */
  stop(): void;
  /** Ends it at once, without a report. Resolves when it is gone, also when it has ended long ago. */
  kill(): Promise<void>;
}

/** Runs the load generator in a process of its own. */
export function startGenerator(request: LoadRequest): Generator {
  const program = new URL("./generator.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(request));
  const closed = once(child, "close");
  return {
    report: readReport(child.stdout, closed),
    stop: () => child.kill("SIGTERM"),
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

async function readReport(stdout: NodeJS.ReadableStream, closed: Promise<unknown[]>): Promise<LoadReport> {
  const [output, [code, signal]] = await Promise.all([text(stdout), closed]);
  if (code !== 0) throw new Error(`the load generator ended with ${signal ?? `code ${code}`}`);
  return JSON.parse(output) as LoadReport;
}
