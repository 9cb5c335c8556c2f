import { quantityOf } from "../../devices/index.ts";
import { keyAt } from "../chance.ts";
import type { ProbeTrouble, TroubleOf } from "../faults/trouble.ts";
import type { Truth } from "../world/site.ts";
import { type FittedProbe, fitted, measured, type Probe } from "./probes.ts";

export interface InstrumentsParts {
  readonly probes: readonly Probe[];
  readonly key: number;
  /** When they were calibrated last, true time. */
  readonly calibratedMs: number;
  readonly troubles: readonly ProbeTrouble[];
}

/** What a node saw at one moment. */
export interface Observation {
  /** By quantity; one that is not here gave nothing. */
  readonly values: Readonly<Record<string, number>>;
  /** Quantities whose probe says that it is not there. */
  readonly absent: readonly string[];
}

const dayMs = 86_400_000;

/** The probes of one node: what they make of the truth, well or ill. */
export class Instruments {
  readonly #probes: readonly FittedProbe[];
  readonly #calibratedMs: number;
  readonly #troubles: readonly ProbeTrouble[];
  /** What stuck probes go on saying. */
  readonly #frozen = new Map<string, number>();

  constructor({ probes, key, calibratedMs, troubles }: InstrumentsParts) {
    this.#probes = probes.map((probe, i) => fitted(probe, keyAt(key, i)));
    this.#calibratedMs = calibratedMs;
    this.#troubles = troubles;
  }

  /** @param onSinceMs when the node got its power: probes that must warm up say nothing before */
  look(truth: Truth, atMs: number, onSinceMs: number): Observation {
    const values: Record<string, number> = {};
    const absent: string[] = [];
    for (const probe of this.#probes) {
      const { quantity, warmUpMs = 0 } = probe;
      const known = truth[quantity];
      if (known === undefined || atMs - onSinceMs < warmUpMs) continue;
      const shown = this.#shown(probe, known, atMs);
      if (shown === null) absent.push(quantity);
      else values[quantity] = shown;
    }
    return { values, absent };
  }

  /** null when the probe is not connected */
  #shown(probe: FittedProbe, truth: number, atMs: number): number | null {
    const ageDays = (atMs - this.#calibratedMs) / dayMs;
    if (this.#troubles.length === 0) return measured(probe, truth, 1, atMs, ageDays);
    const ills = this.#illsOf(probe.quantity, atMs);
    if (ills.some(({ kind }) => kind === "disconnected-probe")) return null;
    const noisy = ills.find((ill): ill is TroubleOf<"noisy-probe"> => ill.kind === "noisy-probe");
    const off = ills.reduce((sum, ill) => sum + offBy(ill, atMs), 0);
    const fresh = measured(probe, truth + off, noisy?.times ?? 1, atMs, ageDays);
    return this.#stuckAt(probe.quantity, ills, fresh);
  }

  #illsOf(quantity: string, atMs: number): ProbeTrouble[] {
    return this.#troubles.filter(
      (ill) =>
        (ill.quantity === undefined || ill.quantity === quantity) && ill.fromMs <= atMs && atMs < ill.toMs,
    );
  }

  #stuckAt(quantity: string, ills: readonly ProbeTrouble[], fresh: number): number {
    if (!ills.some(({ kind }) => kind === "stuck-probe")) {
      this.#frozen.delete(quantity);
      return fresh;
    }
    const stuck = this.#frozen.get(quantity) ?? fresh;
    this.#frozen.set(quantity, stuck);
    return stuck;
  }
}

function offBy(ill: ProbeTrouble, atMs: number): number {
  if (ill.kind === "lying-probe") return ill.by;
  if (ill.kind === "drifting-probe") return (ill.perDay * (atMs - ill.fromMs)) / dayMs;
  return 0;
}

/**
 * How a probe of this quantity says that it is not there; null when the catalogue knows no way, and the firmware leaves
 * the value out. A DS18B20's bus that is silent reads -127 °C.
 */
export function absenceCode(quantity: string): number | null {
  const { sentinels, plausible } = quantityOf(quantity)!;
  if (sentinels.includes(-127)) return -127;
  return sentinels.find((code) => code < plausible.min || code > plausible.max) ?? null;
}
