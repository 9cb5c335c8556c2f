import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../../../testing/free-port.ts";

/** A real InfluxDB 1 on a port of its own, its files in a folder of its own. */
export interface Influxd {
  readonly url: string;
  /** Of the process that runs; fails when none does. */
  pid(): number;
  /** Starts it (again) on the same files; resolves when it answers. */
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Statements that set up what a test needs. */
  administer(
    statement: string,
    login?: { readonly username: string; readonly password: string },
  ): Promise<unknown>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

const program = ["/usr/bin/influxd", "/usr/sbin/influxd", "/usr/local/bin/influxd"].find(existsSync);
/** Tests that need it are skipped without it. */
export const hasInfluxd = program !== undefined;

/** @param options.http lines of the `[http]` section of its configuration */
export async function startInfluxd({
  http = [],
  index = "tsi1",
}: {
  readonly http?: readonly string[];
  readonly index?: "tsi1" | "inmem";
} = {}): Promise<Influxd> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-influxd-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, "influxdb.conf");
  await writeFile(file, configuration({ folder, port, rpcPort: await freePort(), http, index }));
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    const child = spawn(program!, ["-config", file], { stdio: ["ignore", "ignore", "pipe"] });
    running = child;
    const said: string[] = [];
    child.stderr!.on("data", (bytes: Buffer) => said.push(bytes.toString()));
    while (child.exitCode === null) {
      const answer = await fetch(`${url}/ping`).catch(() => null);
      if (answer?.ok) return;
      await pause(10);
    }
    throw new Error(`influxd ended: ${said.join("").slice(-2000)}`);
  }

  async function kill(): Promise<void> {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  await start();
  return {
    url,
    pid() {
      if (running?.pid === undefined) throw new Error("influxd does not run");
      return running.pid;
    },
    start,
    kill,
    async administer(statement, login) {
      const headers: Record<string, string> = login
        ? { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}` }
        : {};
      const body = new URLSearchParams({ q: statement });
      const answer = await fetch(`${url}/query`, { method: "POST", body, headers });
      const told = (await answer.json()) as { error?: string; results?: { error?: string }[] };
      const error = told.error ?? told.results?.find((result) => result.error !== undefined)?.error;
      if (error !== undefined) throw new Error(`${statement}: ${error}`);
      return told;
    },
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration({
  folder,
  port,
  rpcPort,
  http,
  index,
}: {
  readonly folder: string;
  readonly port: number;
  readonly rpcPort: number;
  readonly http: readonly string[];
  readonly index: string;
}): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  index-version = "${index}"
  query-log-enabled = false
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[continuous_queries]
  enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
${http.map((line) => `  ${line}`).join("\n")}
`;
}
