import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { openDataFolder } from "../../app/data-folder/open-data-folder.ts";
import {
  createTestInstallation,
  type TestInstallation,
  type TestServer,
} from "../../app/testing/server-process.ts";
import { openRegistry } from "../../devices/index.ts";
import type { LoadRequest } from "../load/plan.ts";
import { type Generator, startGenerator } from "../load/start-generator.ts";
import { type HostWatch, watchHost } from "./host-watch.ts";
import { type Observing, observe } from "./observe.ts";

export interface PlatformSpec {
  readonly devices: number;
  /** How often they say that they send: what is older than that allows is no news. */
  readonly intervalSeconds: number;
  /** Whether each stands in a shed of its own: then what can be reckoned from its readings is. */
  readonly placed?: boolean;
  /** What differs from the bench's settings. */
  readonly settings?: Record<string, unknown>;
  /** Written beside the configuration. */
  readonly files?: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string>>;

/** The real program on a fresh folder, its devices registered, not yet started. */
export interface Platform extends TestInstallation {
  /** @param environment variables for this start alone */
  start(environment?: Environment): Promise<TestServer>;
  /** File with one `id,secret` a line. */
  readonly credentials: string;
  readonly deviceIds: readonly string[];
}

/**
 * Where a row plays: gives it what it needs, and takes all of it away again however the row ended. Once cleared it gives
 * nothing any more, so that a row which was given up fails at its next step.
 */
export interface Stage {
  platform(spec: PlatformSpec): Promise<Platform>;
  load(request: LoadRequest): Generator;
  /** Runs a script of ours in a process of its own; resolves with the JSON that it printed. */
  script<T>(file: string, args: readonly string[]): Promise<T>;
  /** Looks at the server once a second until it is told to stop. */
  observe(server: TestServer): Observing;
  /** Watches what the machine's host takes of its cores until it is told to stop. */
  watchHost(): HostWatch;
  /** An empty folder on the measured disk. */
  folder(): string;
  /** Tells who watches what is going on. */
  say(text: string): void;
  /** Ends whatever still runs and removes every folder. */
  clear(): Promise<void>;
}

/** The limits that protect a server from a device stand in the way of 200 devices that do the work of 50,000. */
const settings = {
  broker: {
    limits: {
      uplinksPerSecond: 1_000_000,
      uplinkBurst: 1_000_000,
      maxInFlightPerClient: 10_000,
      connectsPerSecond: 100_000,
      connectBurst: 100_000,
    },
    flapping: { maxConnects: 1_000_000 },
  },
  http: { requestsPerMinute: 1_000_000 },
  log: { level: "warn" },
};

/** @param cpuProfiles folder for processor profiles of the servers; null for none */
export function createStage(say: (text: string) => void, cpuProfiles: string | null): Stage {
  const installations: TestInstallation[] = [];
  const generators: Generator[] = [];
  const children = new Set<ChildProcess>();
  const observings: Observing[] = [];
  const hostWatches: HostWatch[] = [];
  const folders: string[] = [];
  let cleared = false;

  function mustBeSet(): void {
    if (cleared) throw new Error("the row was given up");
  }

  function folder(): string {
    mustBeSet();
    const made = mkdtempSync(join(tmpdir(), "canhdong-bench-"));
    folders.push(made);
    return made;
  }

  return {
    say,
    folder,
    async platform(spec) {
      mustBeSet();
      const installation = createTestInstallation({ ...settings, ...merged(spec.settings ?? {}) });
      installations.push(installation);
      for (const [name, content] of Object.entries(spec.files ?? {}))
        writeFileSync(join(installation.folder, name), content);
      const { credentials, deviceIds } = await register(installation, spec);
      return {
        ...installation,
        credentials,
        deviceIds,
        async start(environment) {
          mustBeSet();
          return withEnvironment({ ...profiling(cpuProfiles), ...environment }, () => installation.start());
        },
      };
    },
    load(request) {
      mustBeSet();
      const generator = startGenerator(request);
      // Whoever waits for the report is told; after `clear` nobody does.
      generator.report.catch(() => {});
      generators.push(generator);
      return generator;
    },
    observe(server) {
      mustBeSet();
      const observing = observe(server);
      observings.push(observing);
      return observing;
    },
    watchHost() {
      mustBeSet();
      const watch = watchHost();
      hostWatches.push(watch);
      return watch;
    },
    async script<T>(file: string, args: readonly string[]) {
      mustBeSet();
      const child = spawn(process.execPath, [file, ...args], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, UV_THREADPOOL_SIZE: "16" },
      });
      children.add(child);
      const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
      children.delete(child);
      if (code !== 0) throw new Error(`${file} ended with ${code ?? signal}`);
      return JSON.parse(output) as T;
    },
    async clear() {
      cleared = true;
      for (const observing of observings.splice(0)) observing.giveUp();
      for (const generator of generators.splice(0)) await generator.kill();
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(hostWatches.splice(0).map((watch) => watch.stop()));
      await Promise.all(installations.splice(0).map((installation) => installation.remove()));
      for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
    },
  };
}

/** One level down only the broker's settings are given in parts. */
function merged(given: Record<string, unknown>): Record<string, unknown> {
  return { ...given, broker: { ...settings.broker, ...(given.broker as object | undefined) } };
}

async function register(
  installation: TestInstallation,
  { devices, intervalSeconds, placed = false }: PlatformSpec,
): Promise<{ credentials: string; deviceIds: string[] }> {
  const table = join(installation.folder, "devices.csv");
  const credentials = join(installation.folder, "credentials.csv");
  const deviceIds = Array.from({ length: devices }, (_, at) => `node-${String(at).padStart(5, "0")}`);
  if (placed) addSheds(installation, deviceIds.map(shedOf));
  const lines = deviceIds.map((id) => `${id},${intervalSeconds},${placed ? shedOf(id) : ""}\n`);
  writeFileSync(table, `id,interval_s,place\n${lines.join("")}`);
  const { code, out, err } = await installation.run("device", "import", table);
  if (code !== 0) throw new Error(`the devices could not be registered:\n${err}`);
  writeFileSync(credentials, out, { mode: 0o600 });
  return { credentials, deviceIds };
}

const shedOf = (device: string) => `shed-${device}`;

function addSheds(installation: TestInstallation, ids: readonly string[]): void {
  const data = openDataFolder(installation.data);
  const registry = openRegistry(data.registry, data.secretKey);
  for (const id of ids) registry.addPlace({ id, kind: "shed", name: id }, Date.now());
  registry.close();
}

/**
 * The installation hands our environment on, so that is where the server's has to stand while it is started. It starts the
 * process before it waits for anything.
 */
function withEnvironment<T>(environment: Environment, start: () => T): T {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  try {
    return start();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function profiling(folder: string | null): Environment {
  if (folder === null) return {};
  mkdirSync(folder, { recursive: true });
  const options = `${process.env.NODE_OPTIONS ?? ""} --cpu-prof --cpu-prof-dir=${resolve(folder)}`;
  return { NODE_OPTIONS: options.trim() };
}
