import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../../../testing/free-port.ts";

const programs = { database: "/usr/bin/victoria-metrics", gate: "/usr/bin/vmauth" };
/** Tests that need it are skipped without it. */
export const hasVictoriaMetrics = Object.values(programs).every(existsSync);

/** A point as the database gives it back. */
export interface ExportedPoint {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly atMs: number;
}

/** A real VictoriaMetrics, which takes what InfluxDB 2 takes at `/api/v2/write`, behind its own gate that asks for a token. */
export interface VictoriaMetrics {
  readonly url: string;
  points(): Promise<ExportedPoint[]>;
  remove(): Promise<void>;
}

/** @param token the only one that is let in */
export async function startVictoriaMetrics(token: string): Promise<VictoriaMetrics> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-victoria-"));
  const [port, gatePort] = [await freePort(), await freePort()];
  const inside = `http://127.0.0.1:${port}`;
  const rules = join(folder, "auth.yml");
  await writeFile(rules, JSON.stringify({ users: [{ bearer_token: token, url_prefix: inside }] }));
  const database = launch(programs.database, [
    `-httpListenAddr=127.0.0.1:${port}`,
    `-storageDataPath=${folder}/data`,
    "-retentionPeriod=100y",
  ]);
  const gate = launch(programs.gate, [`-httpListenAddr=127.0.0.1:${gatePort}`, `-auth.config=${rules}`]);
  await answers(database, `${inside}/health`);
  await answers(gate, `http://127.0.0.1:${gatePort}/health`);
  return {
    url: `http://127.0.0.1:${gatePort}`,
    async points() {
      // What was written a moment ago is found only after this.
      await fetch(`${inside}/internal/force_flush`);
      const query = new URLSearchParams({ "match[]": '{__name__=~".+"}', start: "0" });
      const told = await (await fetch(`${inside}/api/v1/export?${query}`)).text();
      return told
        .split("\n")
        .filter((line) => line !== "")
        .flatMap(pointsIn);
    },
    async remove() {
      await Promise.all([kill(gate), kill(database)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function pointsIn(line: string): ExportedPoint[] {
  const { metric, values, timestamps } = JSON.parse(line) as {
    metric: Record<string, string>;
    values: number[];
    timestamps: number[];
  };
  return values.map((value, index) => ({ labels: metric, value, atMs: timestamps[index]! }));
}

function launch(program: string, words: readonly string[]): ChildProcess {
  return spawn(program, words, { stdio: "ignore" });
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    await answer?.text();
    if (answer?.ok) return;
    await pause(20);
  }
  throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
