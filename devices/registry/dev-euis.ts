import type { Device } from "./device.ts";
import type { Follows } from "./mirror.ts";

/** Which present device has which DevEUI. Follows the table of devices, and is told after it. */
export class DevEuis implements Follows {
  readonly #devices: { get(id: string): Device | undefined; all(): Device[] };
  readonly #deviceOf = new Map<string, string>();
  readonly #euiOf = new Map<string, string>();

  constructor(devices: { get(id: string): Device | undefined; all(): Device[] }) {
    this.#devices = devices;
  }

  deviceOf(devEui: string): string | undefined {
    return this.#deviceOf.get(devEui);
  }

  reload(id: string): void {
    const before = this.#euiOf.get(id);
    // Another device may have taken it over meanwhile.
    if (before !== undefined && this.#deviceOf.get(before) === id) this.#deviceOf.delete(before);
    this.#euiOf.delete(id);
    const device = this.#devices.get(id);
    if (device !== undefined) this.#take(device);
  }

  reloadAll(): void {
    this.#deviceOf.clear();
    this.#euiOf.clear();
    for (const device of this.#devices.all()) this.#take(device);
  }

  #take({ id, devEui, removedAtMs }: Device): void {
    if (devEui === null || removedAtMs !== null) return;
    this.#deviceOf.set(devEui, id);
    this.#euiOf.set(id, devEui);
  }
}
