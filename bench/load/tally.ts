import { createHistogram, type Summary } from "./histogram.ts";

export interface Measured {
  /** When the measurement began, ms since 1970. */
  readonly fromMs: number;
  readonly seconds: number;
  readonly acknowledgedPerSecond: number;
  /** PUBLISH written → PUBACK read; after a lost connection from the first time it was written. */
  readonly ackMs: Summary;
  /** How late the generator itself was, in an open loop: when this is not small, it has measured itself. */
  readonly lateMs: Summary;
  /** Of one core, this process. */
  readonly cpuPercent: number;
}

/** What is counted from the first uplink to the last, and what is measured in between. */
export class Tally {
  readonly counts = {
    sent: 0,
    acknowledged: 0,
    sentAgain: 0,
    skipped: 0,
    outOfOrder: 0,
    probes: 0,
    closed: 0,
    reconnected: 0,
  };
  #measuring: { fromMs: number; acknowledged: number; cpu: NodeJS.CpuUsage } | null = null;
  readonly #ackMs = createHistogram();
  readonly #lateMs = createHistogram();

  beginMeasuring(): void {
    this.#measuring = {
      fromMs: performance.now(),
      acknowledged: this.counts.acknowledged,
      cpu: process.cpuUsage(),
    };
  }

  endMeasuring(): Measured {
    const { fromMs, acknowledged, cpu } = this.#measuring!;
    this.#measuring = null;
    const seconds = (performance.now() - fromMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return {
      fromMs: performance.timeOrigin + fromMs,
      seconds: Number(seconds.toFixed(3)),
      acknowledgedPerSecond: Math.round((this.counts.acknowledged - acknowledged) / seconds),
      ackMs: this.#ackMs.summary(),
      lateMs: this.#lateMs.summary(),
      cpuPercent: Math.round((user + system) / 10_000 / seconds),
    };
  }

  acknowledged(tookMs: number, inOrder: boolean): void {
    this.counts.acknowledged += 1;
    if (!inOrder) this.counts.outOfOrder += 1;
    if (this.#measuring) this.#ackMs.add(tookMs);
  }

  late(byMs: number): void {
    if (this.#measuring) this.#lateMs.add(byMs);
  }

  skipped(): void {
    this.counts.skipped += 1;
  }
}
