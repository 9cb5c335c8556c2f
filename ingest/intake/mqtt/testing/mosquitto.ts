import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";
import { freePort } from "../../../../testing/free-port.ts";

/** A real broker of somebody else's, on a port of its own. */
export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** Sends SIGKILL and waits for its end. */
  kill(): Promise<void>;
  /** Starts it again on the same port and the same files; resolves when it takes connections. */
  start(): Promise<void>;
  /** A client of this broker, connected; ended with the test. */
  client(options?: IClientOptions): Promise<MqttClient>;
}

export interface MosquittoOptions {
  /** Lines of mosquitto.conf(5). */
  readonly config?: readonly string[];
  /** Whether its queues are there after a kill. */
  readonly survives?: boolean;
  /** Given when it is known before the broker is there. */
  readonly port?: number;
}

const program = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"].find(existsSync);
/** Tests that need it are skipped without it. */
export const hasMosquitto = program !== undefined;

/**
 * Saves its queues after each round of its loop that changed something. It acknowledges within the
 * round and saves at its end: a kill may cost what was acknowledged last, but nothing before it.
 */
const surviving = [
  "persistence true",
  "persistence_location $FOLDER/",
  "autosave_on_changes true",
  "autosave_interval 1",
];

export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-mosquitto-"));
  const port = options.port ?? (await freePort());
  const config = ["allow_anonymous true", "max_queued_messages 0", ...(options.config ?? [])];
  if (options.survives) config.push(...surviving);
  // Its own user must be named: started by root it would become another, who may not write here.
  const lines = [`listener ${port} 127.0.0.1`, ...config, "log_dest none", "user root"];
  const file = join(folder, "mosquitto.conf");
  await writeFile(file, lines.join("\n").replaceAll("$FOLDER", folder));

  let running: ChildProcess | null = null;
  async function start(): Promise<void> {
    const said: string[] = [];
    running = spawn(program!, ["-c", file], { stdio: ["ignore", "ignore", "pipe"] });
    running.stderr!.on("data", (bytes: Buffer) => said.push(bytes.toString()));
    await untilListening(port, running, said);
  }
  async function kill(): Promise<void> {
    const process = running;
    running = null;
    if (process === null || process.exitCode !== null) return;
    process.kill("SIGKILL");
    await once(process, "exit");
  }
  onTestFinished(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    kill,
    start,
    async client(own = {}) {
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50, ...own });
      client.on("error", () => {});
      onTestFinished(() => client.endAsync(true).then(() => {}));
      return client;
    },
  };
}

async function untilListening(port: number, process: ChildProcess, said: readonly string[]): Promise<void> {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`mosquitto ended: ${said.join("")}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise((answer) => {
      socket.once("connect", () => answer(true));
      socket.once("error", () => answer(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((later) => setTimeout(later, 10));
  }
}
