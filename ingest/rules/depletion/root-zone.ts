import { waterBalance } from "../../../agronomy/index.ts";
import type { Saved } from "../rule.ts";
import type { Step, Transform } from "../transformed-watcher.ts";

export interface RootZoneParts {
  /** Quantity of what the reference grass has evaporated, mm. */
  readonly evapotranspiration: string;
  /** Kc: what the crop evaporates beside the reference grass. */
  readonly cropCoefficient: number;
  /** TAW: all the water that the roots can reach, mm. */
  readonly totalAvailableMm: number;
  /** p: share of it that the crop takes without suffering. */
  readonly depletionFraction: number;
}

/**
 * Keeps the account of the root zone: what evaporates is taken from it, what falls as rain is put in, and what does not
 * fit in runs through. It begins full, as after a good rain. Told in % of the water that roots can reach.
 */
export class RootZone implements Transform {
  readonly #parts: RootZoneParts;
  #depletionMm: number;

  constructor(parts: RootZoneParts, saved: Saved | null) {
    this.#parts = parts;
    this.#depletionMm = (saved?.[0] as number | undefined) ?? 0;
  }

  take(measuredAtMs: number, mm: number, quantity: string): Step {
    const { evapotranspiration, cropCoefficient, totalAvailableMm, depletionFraction } = this.#parts;
    const evaporates = quantity === evapotranspiration;
    const { depletionMm } = waterBalance({
      depletionBeforeMm: this.#depletionMm,
      totalAvailableMm,
      depletionFraction,
      // Where dew forms the equation gives a little less than nothing.
      cropEtMm: evaporates ? cropCoefficient * Math.max(0, mm) : 0,
      rainMm: evaporates ? 0 : Math.max(0, mm),
      irrigationMm: 0,
      capillaryRiseMm: 0,
    });
    this.#depletionMm = depletionMm;
    return { atMs: measuredAtMs, value: (100 * depletionMm) / totalAvailableMm };
  }

  save(): Saved {
    return [this.#depletionMm];
  }
}
