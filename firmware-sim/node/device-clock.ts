/**
 * A node's own clock. A quartz of some ten parts in a million goes wrong by a second a day; each word from the network
 * puts it right. A node that starts without a battery for its clock counts from 1970 until then.
 */
export class DeviceClock {
  readonly #driftPpm: number;
  /** The time shown when it was set, and the true time of that moment. */
  #shownMs: number;
  #setMs: number;

  constructor(driftPpm: number, startMs: number) {
    this.#driftPpm = driftPpm;
    this.#shownMs = startMs;
    this.#setMs = startMs;
  }

  /** What it shows at this true time, in whole milliseconds. */
  at(atMs: number): number {
    return Math.round(this.#shownMs + (atMs - this.#setMs) * (1 + this.#driftPpm * 1e-6));
  }

  /** The network has told the time. */
  putRight(atMs: number): void {
    this.#set(atMs, atMs);
  }

  /** The node starts anew and knows no time. */
  reset(atMs: number): void {
    this.#set(0, atMs);
  }

  #set(shownMs: number, atMs: number): void {
    this.#shownMs = shownMs;
    this.#setMs = atMs;
  }
}
