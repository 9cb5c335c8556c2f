import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createHistogram } from "./load/histogram.ts";

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  /** Append of 4 KiB and fsync, on the disk of the temporary folder. */
  readonly fsyncMs: { readonly p50: number; readonly p99: number };
  /** Processes that wanted a core over the last minute, before the first row: above 0 others were at work, too. */
  readonly load: number;
}

const syncs = 200;

export function examineMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Number((totalmem() / 1e9).toFixed(1)),
    kernel: release(),
    node: process.version,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    fsyncMs: timeSyncs(tmpdir()),
  };
}

export function machineText({ cores, processor, memoryGb, kernel, node, fsyncMs, load }: Machine): string {
  return (
    `${cores} cores (${processor}), ${memoryGb} GB, Linux ${kernel}, Node ${node}, ` +
    `fsync p50 ${fsyncMs.p50} ms, p99 ${fsyncMs.p99} ms, load before ${load}`
  );
}

function timeSyncs(folder: string): Machine["fsyncMs"] {
  const file = join(folder, `canhdong-fsync-${process.pid}`);
  const block = Buffer.alloc(4096, 1);
  const took = createHistogram();
  const fd = openSync(file, "wx");
  try {
    for (let sync = 0; sync < syncs; sync++) {
      const fromMs = performance.now();
      writeSync(fd, block);
      fsyncSync(fd);
      took.add(performance.now() - fromMs);
    }
  } finally {
    closeSync(fd);
    rmSync(file);
  }
  const { p50, p99 } = took.summary();
  return { p50, p99 };
}
