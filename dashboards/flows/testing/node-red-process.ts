import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const folder = join(import.meta.dirname, "..");

/** Node-RED has dependencies of its own; where they are not installed its tests are skipped. */
export const isInstalled = existsSync(join(folder, "node_modules/node-red/red.js"));

/** The real Node-RED with the real settings, as `npm run flows` starts it, in a process group of its own. */
export interface NodeRedProcess {
  /** Everything it has printed so far. */
  printed(): string;
  /** Resolves when it has printed this since the last start. */
  says(text: string | RegExp): Promise<void>;
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface FlowsFolder {
  readonly path: string;
  /** Writes a flow beside the ones that come along. @returns its file name */
  write(name: string, parts: readonly object[]): string;
  start(env: Readonly<Record<string, string>>): NodeRedProcess;
  remove(): Promise<void>;
}

export const credentialSecret = "a-secret-for-the-tests-of-flows";

export function createFlowsFolder(): FlowsFolder {
  const path = mkdtempSync(join(tmpdir(), "canhdong-flows-"));
  const running = new Set<ChildProcess>();
  mkdirSync(join(path, "reviewed"));

  return {
    path,
    write(name, parts) {
      const file = join(path, "reviewed", `${name}.json`);
      writeFileSync(file, JSON.stringify(parts));
      return file;
    },
    start(env) {
      const child = spawn(
        process.execPath,
        ["--disable-warning=ExperimentalWarning", join(folder, "start.ts")],
        {
          env: {
            ...process.env,
            FLOWS_FOLDER: join(path, "data"),
            FLOWS_CREDENTIAL_SECRET: credentialSecret,
            FLOWS_LANGUAGE: "en-US",
            ...env,
          },
          // So that a kill reaches Node-RED itself and not only who started it.
          detached: true,
        },
      );
      running.add(child);
      child.once("exit", () => running.delete(child));
      return processOf(child);
    },
    async remove() {
      await Promise.all([...running].map((child) => end(child, "SIGKILL")));
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function processOf(child: ChildProcess): NodeRedProcess {
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  return {
    printed: () => printed,
    async says(text) {
      const isSaid = () => (typeof text === "string" ? printed.includes(text) : text.test(printed));
      while (!isSaid()) {
        if (child.exitCode !== null) throw new Error(`Node-RED ended with ${child.exitCode}:\n${printed}`);
        await sleep(20);
      }
    },
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  process.kill(-(child.pid as number), signal);
  await ended;
}
