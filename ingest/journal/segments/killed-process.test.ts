/**
 * The promise of the journal against real processes: a child appends under load (appending-child.ts), is killed at a
 * random moment, and whatever it had reported as confirmed must be there, once and in order. The moment is a number of
 * reports, drawn from a seeded generator (SEED=42 repeats a run; what the process had in flight then differs).
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { numberOf, readAll } from "../testing/numbered-uplinks.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { openSegmentJournal } from "./open-segment-journal.ts";

const seed = Number(process.env.SEED ?? 1);
const program = new URL("../testing/appending-child.ts", import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "canhdong-killed-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Report {
  readonly fate: "ok" | "refused";
  readonly from: number;
  readonly to: number;
  readonly code: string | undefined;
}

interface AppendingChild {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** All reports so far. */
  readonly reports: Report[];
  /** Resolves with the first report from now on that passes. */
  report(passes: (report: Report) => boolean): Promise<Report>;
  goOn(): void;
  kill(): Promise<void>;
}

function startChild(
  first: number,
  options: { segmentBytes?: number; uid?: number; wrapper?: readonly string[] } = {},
): AppendingChild {
  const command = [...(options.wrapper ?? []), process.execPath, program, folder, String(first)];
  if (options.segmentBytes) command.push(String(options.segmentBytes));
  const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const child = spawn(command[0]!, command.slice(1), { stdio: ["pipe", "pipe", "inherit"], ...user });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const reports: Report[] = [];
  const waiting = new Set<(report: Report) => void>();
  createInterface(child.stdout).on("line", (line) => {
    const report = parse(line);
    if (!report) return;
    reports.push(report);
    for (const hear of waiting) hear(report);
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    process: child,
    reports,
    report: (passes) =>
      new Promise((resolve, reject) => {
        const hear = (report: Report) => {
          if (!passes(report)) return;
          waiting.delete(hear);
          resolve(report);
        };
        waiting.add(hear);
        void ended.then(() => reject(new Error("the child ended before it reported this")));
      }),
    goOn: () => child.stdin.write("go on\n"),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The last line of a killed process may be cut short: a report without its full stop was not made. */
function parse(line: string): Report | null {
  const found = /^(ok|refused) (\d+) (\d+)(?: (\w+) .*)?\.$/.exec(line);
  return (
    found && {
      fate: found[1] as Report["fate"],
      from: Number(found[2]),
      to: Number(found[3]),
      code: found[4],
    }
  );
}

async function numbersOnDisk(): Promise<number[]> {
  const journal = await openSegmentJournal({ folder });
  try {
    return (await readAll(journal)).map(numberOf);
  } finally {
    await journal.close();
  }
}

/** Nothing missing of what was confirmed, nothing twice, and all of it in the order of the calls. */
function expectKept(onDisk: readonly number[], reports: readonly Report[]): void {
  for (let index = 1; index < onDisk.length; index++)
    expect(onDisk[index]).toBeGreaterThan(onDisk[index - 1]!);
  const there = new Set(onDisk);
  const missing = reports
    .filter(({ fate }) => fate === "ok")
    .filter(
      ({ from, to }) => !Array.from({ length: to - from }, (_, at) => from + at).every((n) => there.has(n)),
    );
  expect(missing).toEqual([]);
}

/** Passes at the last of so many reports. */
function after(count: number): () => boolean {
  let seen = 0;
  return () => ++seen >= count;
}

test("nothing confirmed is missing, doubled or out of order after 25 kills at random moments", async () => {
  const random = seededRandom(seed);
  const reports: Report[] = [];
  let next = 0;
  for (let kill = 0; kill < 25; kill++) {
    const child = startChild(next, { segmentBytes: 20_000 });
    await child.report(after(1 + Math.floor(random() * 120)));
    await child.kill();
    reports.push(...child.reports);
    // More than it can have had in flight, so that the next child's numbers are all later.
    next = Math.max(...reports.map(({ to }) => to)) + 1000;
    if (kill % 5 === 4) expectKept(await numbersOnDisk(), reports);
  }
}, 180_000);

test("a second process is refused while the first one lives, and not after it was killed", async () => {
  const child = startChild(0);
  await child.report(({ fate }) => fate === "ok");
  await expect(openSegmentJournal({ folder })).rejects.toThrow(`process ${child.process.pid}`);
  await child.kill();
  const journal = await openSegmentJournal({ folder });
  await journal.close();
});

test.skipIf(!existsSync("/usr/bin/prlimit"))(
  "a file size limit (EFBIG) costs refusals, and the journal goes on once it is lifted",
  async () => {
    const child = startChild(0, { wrapper: ["/bin/sh", "-c", 'ulimit -S -f 64; exec "$@"', "sh"] });
    const refused = await child.report(({ fate }) => fate === "refused");
    expect(refused.code).toBe("EFBIG");
    await run("prlimit", [`--pid=${child.process.pid}`, "--fsize=unlimited:"]);
    const again = child.report(({ fate, from }) => fate === "ok" && from > refused.to);
    child.goOn();
    await again;
    await child.kill();
    expectKept(await numbersOnDisk(), child.reports);
  },
);

test("a folder that becomes read-only costs refusals, and the journal goes on once it is writable", async () => {
  // Root may write anywhere: the child runs as nobody.
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  if (uid !== undefined) await chown(folder, uid, uid);
  const child = startChild(0, { segmentBytes: 5000, ...(uid === undefined ? {} : { uid }) });
  await child.report(({ fate }) => fate === "ok");
  await chmod(folder, 0o555);
  const refused = await child.report(({ fate }) => fate === "refused");
  expect(refused.code).toBe("EACCES");
  await chmod(folder, 0o755);
  const again = child.report(({ fate, from }) => fate === "ok" && from > refused.to);
  child.goOn();
  await again;
  await child.kill();
  expectKept(await numbersOnDisk(), child.reports);
});

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}
