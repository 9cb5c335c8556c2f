import type { Reading } from "../../../devices/index.ts";
import type { LatestValue, ReadingKey } from "../reading-store.ts";

/** The newest live value of each series, in memory. */
export class NewestValues {
  readonly #byDevice = new Map<string, Map<string, LatestValue>>();

  /** What was stored, in the order in which it was. */
  take(readings: readonly Reading[]): void {
    for (const reading of readings) {
      const newest = this.#byDevice.get(reading.device)?.get(reading.quantity);
      if (newest?.measuredAtMs === reading.measuredAtMs || this.isNewer(reading)) this.#set(reading);
    }
  }

  /** Whether this is news of a series: live, and measured after everything live of it. */
  isNewer({ device, quantity, measuredAtMs, live }: Reading): boolean {
    const newest = this.#byDevice.get(device)?.get(quantity);
    return live && (newest === undefined || newest.measuredAtMs < measuredAtMs);
  }

  /**
   * The same readings, but what repeats a newest value as history, or one that is live earlier in the batch, is live: what was
   * news once stays so, and the server keeps what it is told last.
   */
  asNews(batch: readonly Reading[]): readonly Reading[] {
    if (batch.every(({ live }) => live)) return batch;
    const news = new Set<string>();
    return batch.map((reading) => {
      const key = `${reading.device} ${reading.quantity} ${reading.measuredAtMs}`;
      if (reading.live) news.add(key);
      return reading.live || !(news.has(key) || this.#isNewest(reading))
        ? reading
        : { ...reading, live: true };
    });
  }

  #isNewest({ device, quantity, measuredAtMs }: ReadingKey): boolean {
    return this.#byDevice.get(device)?.get(quantity)?.measuredAtMs === measuredAtMs;
  }

  /** What the server has; what is newer here stays. */
  offer(values: readonly LatestValue[]): void {
    for (const value of values) {
      const newest = this.#byDevice.get(value.device)?.get(value.quantity);
      if (newest === undefined || newest.measuredAtMs < value.measuredAtMs) this.#set(value);
    }
  }

  /** Forgets those of these readings that are the newest of their series. @returns those series */
  forget(keys: readonly ReadingKey[]): Pick<LatestValue, "device" | "quantity">[] {
    return keys.filter(({ device, quantity, measuredAtMs }) => {
      const ofDevice = this.#byDevice.get(device);
      return ofDevice?.get(quantity)?.measuredAtMs === measuredAtMs && ofDevice.delete(quantity);
    });
  }

  /** Forgets values of a quantity that are no longer kept. */
  forgetBefore(quantity: string, ms: number): void {
    for (const ofDevice of this.#byDevice.values()) {
      if ((ofDevice.get(quantity)?.measuredAtMs ?? ms) < ms) ofDevice.delete(quantity);
    }
  }

  list(devices?: readonly string[]): LatestValue[] {
    const chosen =
      devices === undefined ? this.#byDevice.values() : devices.map((device) => this.#byDevice.get(device));
    return [...chosen].flatMap((ofDevice) => (ofDevice === undefined ? [] : [...ofDevice.values()]));
  }

  #set({ device, quantity, value, measuredAtMs }: LatestValue): void {
    let ofDevice = this.#byDevice.get(device);
    if (ofDevice === undefined) {
      ofDevice = new Map();
      this.#byDevice.set(device, ofDevice);
    }
    ofDevice.set(quantity, { device, quantity, value, measuredAtMs });
  }
}
