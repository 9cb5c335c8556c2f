import { batteryVolts, chargeAfter } from "./battery.ts";

/** Below this the electronics give up; they come back only with some reserve, or they would start and die all morning. */
const givesUpAt = 0.04;
const comesBackAt = 0.15;

/** What keeps a node going: a solar cell that can run empty, or the mains, which can be cut. */
export class PowerSupply {
  readonly #isOnMains: boolean;
  #charge: number;
  #reckonedMs: number;
  #isEmpty = false;

  constructor(isOnMains: boolean, charge: number, startMs: number) {
    this.#isOnMains = isOnMains;
    this.#charge = charge;
    this.#reckonedMs = startMs;
  }

  get volts(): number {
    return batteryVolts(this.#charge);
  }

  /**
   * Reckons up to this time.
   * @param irradiance mean since the last reckoning, W/m²
   */
  reckon(atMs: number, irradiance: number): void {
    this.#charge = chargeAfter(this.#charge, (atMs - this.#reckonedMs) / 3_600_000, irradiance);
    this.#reckonedMs = atMs;
    if (this.#charge < givesUpAt) this.#isEmpty = true;
    else if (this.#charge >= comesBackAt) this.#isEmpty = false;
  }

  /** @param isGridUp whether there is mains power at the place */
  gives(isGridUp: boolean): boolean {
    return this.#isOnMains ? isGridUp : !this.#isEmpty;
  }
}
