import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { withSecretsFromFiles } from "./environment.ts";
import { layFlows } from "./lay-flows.ts";
import { optionsFrom } from "./options.ts";

/**
 * Starts Node-RED with the locked settings, as a process of its own: `npm run flows`. What is wrong with the environment is
 * said before anything runs.
 */

const nodeRed = join(import.meta.dirname, "node_modules/node-red/red.js");
/** Megabytes of heap. Flows that need more have a leak. */
const mostHeap = 192;

function prepare(): void {
  if (!existsSync(nodeRed)) throw new Error("Node-RED is not installed: npm ci --prefix dashboards/flows");
  const options = optionsFrom(withSecretsFromFiles(process.env));
  layFlows(options.FLOWS_FOLDER, options.FLOWS_FILES);
}

function start(): void {
  const settings = join(import.meta.dirname, "settings.cjs");
  const words = [
    "--disable-warning=ExperimentalWarning",
    `--max-old-space-size=${mostHeap}`,
    nodeRed,
    "--settings",
    settings,
  ];
  const child = spawn(process.execPath, words, { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGTERM" ? 0 : 1)));
}

try {
  prepare();
  start();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
