import type { ReadingKey } from "./stores/reading-store.ts";

/**
 * Readings, each under its device, quantity and time; of two under the same the last. By three small steps instead of one long
 * text: a text for each of a million readings costs more than all that is done with it.
 */
export class KeyedReadings<T extends ReadingKey> {
  readonly #devices = new Map<string, Map<string, Map<number, T>>>();

  set(reading: T): void {
    const { device, quantity, measuredAtMs } = reading;
    const quantities = this.#devices.get(device) ?? new Map<string, Map<number, T>>();
    if (quantities.size === 0) this.#devices.set(device, quantities);
    const times = quantities.get(quantity) ?? new Map<number, T>();
    if (times.size === 0) quantities.set(quantity, times);
    times.set(measuredAtMs, reading);
  }

  get({ device, quantity, measuredAtMs }: ReadingKey): T | undefined {
    return this.#devices.get(device)?.get(quantity)?.get(measuredAtMs);
  }

  *all(): Generator<T> {
    for (const quantities of this.#devices.values())
      for (const times of quantities.values()) yield* times.values();
  }

  /** Those that the other has not. */
  without(other: KeyedReadings<ReadingKey>): T[] {
    const missing: T[] = [];
    for (const reading of this.all()) if (other.get(reading) === undefined) missing.push(reading);
    return missing;
  }
}
