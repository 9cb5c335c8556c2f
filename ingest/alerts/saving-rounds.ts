import type { Position } from "../journal/journal.ts";
import type { DeviceWatch } from "./device-watch.ts";

/** What so many devices remember is saved in one tick: some milliseconds, in which nobody is acknowledged. */
const savedATick = 500;

/**
 * Whose memories are saved next. When all that had changed by the beginning of a round are saved, the cursor moves to where the
 * journal was then.
 */
export class SavingRounds {
  readonly #everyMs: number;
  /** Not yet saved, and not in the round either. */
  #changed: DeviceWatch[] = [];
  #removed: string[] = [];
  #savedPosition: Position;
  /** What the round has still to save, and where the journal was when it began. */
  #round: { readonly devices: DeviceWatch[]; readonly position: Position };
  /** The devices of the round whose turn it is. */
  #saving: DeviceWatch[] = [];
  #begunMs = Number.NEGATIVE_INFINITY;

  /** @param everyMs from the beginning of one round to that of the next, at least */
  constructor(position: Position, everyMs: number) {
    this.#everyMs = everyMs;
    this.#savedPosition = position;
    this.#round = { devices: [], position };
  }

  get savedPosition(): Position {
    return this.#savedPosition;
  }

  noteChange(device: DeviceWatch): void {
    if (device.changed) return;
    device.changed = true;
    this.#changed.push(device);
  }

  noteRemoved(device: string): void {
    this.#removed.push(device);
  }

  /** Takes the next devices of the round; begins a new round when the last one is saved. */
  proceed(nowMs: number, position: Position): void {
    if (this.#saving.length > 0) return;
    if (this.#round.devices.length === 0) {
      if (Math.abs(nowMs - this.#begunMs) < this.#everyMs) return;
      this.#begunMs = nowMs;
      this.#round = { devices: this.#changed, position };
      this.#changed = [];
      for (const device of this.#round.devices) device.changed = false;
    }
    this.#saving = this.#round.devices.splice(0, savedATick);
  }

  /** What is left of the round and what has changed since is saved at once. */
  hurry(position: Position): void {
    this.#saving = [...new Set([...this.#saving, ...this.#round.devices, ...this.#changed])];
    this.#round = { devices: [], position };
  }

  /** What the next commit carries beside alerts. */
  get due(): {
    readonly devices: readonly DeviceWatch[];
    readonly removed: readonly string[];
    readonly cursor: Position;
  } {
    const isLast = this.#round.devices.length === 0;
    return {
      devices: this.#saving,
      removed: this.#removed,
      cursor: isLast ? this.#round.position : this.#savedPosition,
    };
  }

  /** It was committed. */
  saved(): void {
    this.#savedPosition = this.due.cursor;
    [this.#saving, this.#removed] = [[], []];
  }
}
