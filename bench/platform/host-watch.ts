import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** How often one core was not to be had for a thread that nothing may keep waiting. */
export interface CoreWatch {
  readonly seconds: number;
  readonly lostMs: number;
  readonly longestMs: number;
}

/** What the owner of a virtual machine gives to others meanwhile; the kernel here need not know of it. */
export interface HostWatch {
  /** @returns one for each core; null where it cannot be watched: it takes root, and chrt and taskset of util-linux */
  stop(): Promise<readonly CoreWatch[] | null>;
}

const script = join(import.meta.dirname, "wake-late.ts");

export function watchHost(): HostWatch {
  const watchers = cpus().map((_, core) => {
    const words = ["--fifo", "50", "taskset", "--cpu-list", String(core), process.execPath, script];
    const child = spawn("chrt", words, { stdio: ["pipe", "pipe", "ignore"] });
    const ended = once(child, "close").catch(() => [1]);
    return { child, printed: text(child.stdout).catch(() => ""), ended };
  });
  return {
    async stop() {
      const seen = watchers.map(async ({ child, printed, ended }) => {
        child.stdin.on("error", () => {}).end();
        const [code] = await ended;
        return code === 0 ? (JSON.parse(await printed) as CoreWatch) : null;
      });
      const cores = await Promise.all(seen);
      return cores.every((core) => core !== null) ? cores : null;
    },
  };
}

const doubtfulPercent = 1;

/** A line for the notes. */
export function hostShare(cores: readonly CoreWatch[] | null): string {
  if (cores === null) return "what the host took of the cores is not known: watching it takes root";
  const percent = cores.map(({ lostMs, seconds }) => lostMs / seconds / 10);
  const longest = Math.max(...cores.map(({ longestMs }) => longestMs));
  const doubt = Math.max(...percent) > doubtfulPercent ? "DOUBTFUL: " : "";
  return `${doubt}the host took ${percent.map((one) => one.toFixed(1)).join(" and ")} % of the cores, at most ${longest.toFixed(1)} ms at once`;
}
