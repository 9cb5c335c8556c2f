import { readFileSync } from "node:fs";

/** Memory and processor time of a process, as Linux counts them. */
export interface ProcessUsage {
  /** Resident now. */
  readonly rssBytes: number;
  /** What of it is mapped from files, above all programs and libraries: shared with others, and the kernel may drop it. */
  readonly fileBytes: number;
  /** The most that was ever resident. */
  readonly peakRssBytes: number;
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
}

/** The kernel tells other programs a hundredth of a second, whatever its own clock does (proc(5), sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** @throws when there is no such process, or no /proc */
export function usageOf(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in parentheses, in which anything may stand; state is the third.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [fields[11], fields[12]].map(Number) as [number, number];
  return {
    rssBytes: kilobytes(status, "VmRSS") * 1024,
    fileBytes: kilobytes(status, "RssFile") * 1024,
    peakRssBytes: kilobytes(status, "VmHWM") * 1024,
    cpuSeconds: (user + system) / ticksPerSecond,
  };
}

function kilobytes(status: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status);
  if (!found) throw new Error(`the process tells no ${name}: it has ended`);
  return Number(found[1]);
}
