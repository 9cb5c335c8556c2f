import { keyAt, uniform } from "../chance.ts";
import type { NodeTroubles } from "../faults/node-troubles.ts";
import type { Spot } from "../world/world.ts";
import { Instruments, type Observation } from "./instruments.ts";
import { PowerSupply } from "./power-supply.ts";
import type { Probe } from "./probes.ts";
import type { Paced } from "./settings.ts";

export interface SensingParts {
  /** A shed has a socket; what stands in the field or floats on a pond has a panel and a cell. */
  readonly isOnMains: boolean;
  readonly spot: Spot;
  readonly key: number;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly troubles: NodeTroubles;
  readonly probes: readonly Probe[];
}

/** The half of a node that looks at the world: when it wakes, whether it has power, what its probes say. */
export class Sensing implements Paced {
  readonly #key: number;
  readonly #troubles: NodeTroubles;
  readonly #instruments: Instruments;
  readonly #supply: PowerSupply;
  #spot: Spot;
  #intervalMs: number;
  #wakeMs: number;
  #onSinceMs = Number.NEGATIVE_INFINITY;

  /** Up to where it has lived, true time. */
  reachedMs: number;
  isOn = true;
  /** Whether the last `proceed` found the power back. */
  wokeUp = false;

  constructor({ isOnMains, spot, key, startMs, intervalMs, troubles, probes }: SensingParts) {
    this.#key = key;
    this.#spot = spot;
    this.#troubles = troubles;
    this.#intervalMs = intervalMs;
    this.#supply = new PowerSupply(isOnMains, 0.6 + 0.4 * uniform(key), startMs);
    this.#instruments = new Instruments({
      probes,
      key,
      calibratedMs: startMs,
      troubles: troubles.probes,
    });
    this.reachedMs = startMs;
    this.#wakeMs = this.#nextWakeMs(startMs);
  }

  get intervalMs(): number {
    return this.#intervalMs;
  }

  get volts(): number {
    return this.#supply.volts;
  }

  get dueMs(): number {
    return Math.min(this.#wakeMs, this.#troubles.nextEdgeMs(this.reachedMs));
  }

  /** @returns what it saw; null when it was not its time, or there was no power */
  proceed(atMs: number): Observation | null {
    this.reachedMs = atMs;
    const isWake = atMs >= this.#wakeMs;
    // The cell is reckoned at each wake, also of a node that is too empty to wake: the sun goes on charging it.
    if (isWake) this.#supply.reckon(atMs, this.#spot.weather.at(atMs).irradiance);
    this.#switch(this.#supply.gives(this.#troubles.isPowered(atMs)), atMs);
    if (isWake || this.#troubles.floodEveryMs(atMs) !== null) this.#wakeMs = this.#nextWakeMs(atMs + 1);
    if (!isWake || !this.isOn) return null;
    const { site } = this.#spot;
    site.advanceTo(atMs);
    return this.#instruments.look(site.truthAt(atMs), atMs, this.#onSinceMs);
  }

  measureEvery(intervalMs: number, atMs: number): void {
    this.#intervalMs = intervalMs;
    this.#wakeMs = this.#nextWakeMs(atMs + 1);
  }

  restart(atMs: number): void {
    this.#onSinceMs = atMs;
  }

  moveTo(spot: Spot): void {
    this.#spot = spot;
  }

  #switch(on: boolean, atMs: number): void {
    this.wokeUp = on && !this.isOn;
    if (this.wokeUp) this.#onSinceMs = atMs;
    this.isOn = on;
  }

  /** Whole intervals since 1970 and a share of the interval that is the node's own, so that not all wake at once. */
  #nextWakeMs(fromMs: number): number {
    const intervalMs = this.#troubles.floodEveryMs(fromMs) ?? this.#intervalMs;
    const phaseMs = Math.floor((uniform(keyAt(this.#key, 99)) * intervalMs) / 1000) * 1000;
    return Math.ceil((fromMs - phaseMs) / intervalMs) * intervalMs + phaseMs;
  }
}
