import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { findServer, type RunningServer } from "../data-folder/running-server.ts";

const canhdong = resolve(import.meta.dirname, "../canhdong.js");
const node = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=4",
  "--v8-pool-size=1",
  canhdong,
];

/** A folder with a configuration on free ports, and what runs on it: the real program in a process of its own. */
export interface TestInstallation {
  readonly folder: string;
  readonly data: string;
  readonly configFile: string;
  /** Runs one command to its end. */
  run(...words: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
  /** Starts the server and waits until it takes uplinks. */
  start(): Promise<TestServer>;
  /** Ends whatever still runs and removes the folder. */
  remove(): Promise<void>;
}

export interface TestHealth {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly message: string }[];
}

export interface TestServer extends RunningServer {
  /** Everything it has printed so far. */
  printed(): string;
  /** Asks it to stop, and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
  /** What it says of itself; also while it fails. */
  health(): Promise<TestHealth>;
  /** A request to the API with an administrator's rights. */
  api<T = unknown>(path: string, init?: RequestInit): Promise<T>;
}

/**
 * @param settings what differs from the defaults; ports are free ones unless given
 * @param environment what its processes find in the environment besides
 */
export function createTestInstallation(
  settings: Record<string, unknown> = {},
  environment: Record<string, string> = {},
): TestInstallation {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-"));
  const configFile = join(folder, "canhdong.yaml");
  const {
    data = join(folder, "data"),
    broker,
    http,
    ...rest
  } = settings as {
    data?: string;
    broker?: object;
    http?: object;
  };
  writeFileSync(
    configFile,
    stringify({ data, broker: { mqttPort: 0, ...broker }, http: { port: 0, ...http }, ...rest }),
  );
  const running = new Set<ChildProcess>();

  const launch = (words: readonly string[]) => {
    const child = spawn(process.execPath, [...node, "--config", configFile, ...words], {
      cwd: folder,
      env: { ...process.env, UV_THREADPOOL_SIZE: "16", MALLOC_ARENA_MAX: "2", ...environment },
    });
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  };

  return {
    folder,
    data,
    configFile,
    async run(...words) {
      const child = launch(words);
      const printed = listen(child);
      child.stdin.end();
      const code = await ended(child);
      return { code: code ?? -1, out: printed.out(), err: printed.err() };
    },
    async start() {
      const child = launch(["start"]);
      const printed = listen(child);
      const server = await ready(child, join(data, "server.json"), printed.all);
      return {
        ...server,
        printed: printed.all,
        async stop() {
          child.kill("SIGTERM");
          return ended(child);
        },
        async kill() {
          child.kill("SIGKILL");
          await ended(child);
        },
        async health() {
          const headers = { authorization: `Bearer ${server.token}` };
          return (await (await fetch(`${server.url}/api/v1/health`, { headers })).json()) as TestHealth;
        },
        async api<T>(path: string, init: RequestInit = {}) {
          const headers = {
            authorization: `Bearer ${server.token}`,
            "content-type": "application/json",
            ...init.headers,
          };
          const answer = await fetch(`${server.url}/api/v1${path}`, { ...init, headers });
          const body = await answer.text();
          if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${body}`);
          return (body === "" ? undefined : JSON.parse(body)) as T;
        },
      };
    },
    async remove() {
      for (const child of running) child.kill("SIGKILL");
      await Promise.all([...running].map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listen(child: ChildProcess) {
  const out: string[] = [];
  const err: string[] = [];
  const all: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out.push(text);
    all.push(text);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err.push(text);
    all.push(text);
  });
  return { out: () => out.join(""), err: () => err.join(""), all: () => all.join("") };
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once("exit", (code) => done(code)));
}

/** The server says where it is as soon as it takes uplinks; a process that ends first says why in what it printed. */
async function ready(child: ChildProcess, file: string, printed: () => string): Promise<RunningServer> {
  while (child.exitCode === null && child.signalCode === null) {
    const server = findServer(file);
    if (server?.pid === child.pid && server) return server;
    await sleep(20);
  }
  throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}:\n${printed()}`);
}
