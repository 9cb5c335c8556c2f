import type { TestServer } from "../../app/testing/server-process.ts";
import { lagOf, readMetrics } from "./metrics.ts";
import { usageOf } from "./process-usage.ts";

export interface Observation {
  readonly atMs: number;
  readonly rssBytes: number;
  readonly cpuSeconds: number;
  /** Uplinks acknowledged and not yet stored. */
  readonly lag: number;
}

export interface Observing {
  /** Everything seen, with a last look. */
  stop(): Promise<readonly Observation[]>;
  /** Looks no more, and tells nothing. */
  giveUp(): void;
}

export function observe(server: TestServer): Observing {
  const seen: Observation[] = [];
  let looking: Promise<void> | null = null;
  const look = () => {
    // A server under full load may take longer than a second to answer: one question at a time.
    looking ??= observeOnce(server)
      .then((observation) => void seen.push(observation))
      .catch(() => {})
      .finally(() => {
        looking = null;
      });
  };
  look();
  const timer = setInterval(look, 1000);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      seen.push(await observeOnce(server));
      return seen;
    },
    giveUp: () => clearInterval(timer),
  };
}

async function observeOnce(server: TestServer): Promise<Observation> {
  const { rssBytes, cpuSeconds } = usageOf(server.pid);
  return { atMs: performance.now(), rssBytes, cpuSeconds, lag: lagOf(await readMetrics(server), "store") };
}

/** Of one core, from the first look to the last. */
export function cpuPercent(seen: readonly Observation[]): number {
  const [first, last] = [seen[0]!, seen.at(-1)!];
  return Math.round(((last.cpuSeconds - first.cpuSeconds) / (last.atMs - first.atMs)) * 100_000);
}

/** Processor time of one uplink: what is left of a figure when others use the machine as well. */
export function cpuUsEach(seen: readonly Observation[], uplinks: number): string {
  const spent = seen.at(-1)!.cpuSeconds - seen[0]!.cpuSeconds;
  return `${((spent * 1e6) / uplinks).toFixed(1)} µs of processor time an uplink`;
}

export function peakRssMb(seen: readonly Observation[]): number {
  return Math.round(Math.max(...seen.map(({ rssBytes }) => rssBytes)) / 1e6);
}

/** Whether a backlog grows: the most that was behind in each third of the time. */
export function lagByThirds(seen: readonly Observation[]): [number, number, number] {
  const third = (n: number) => {
    const part = seen.slice(Math.floor((n * seen.length) / 3), Math.ceil(((n + 1) * seen.length) / 3));
    return Math.max(...part.map(({ lag }) => lag));
  };
  return [third(0), third(1), third(2)];
}
