/** One direction of a network that may be slow: bytes come through late, in their order. */
export class SlowWay {
  readonly #pass: (bytes: Buffer) => void;
  #held: { readonly bytes: Buffer; readonly dueMs: number }[] = [];

  constructor(pass: (bytes: Buffer) => void) {
    this.#pass = pass;
  }

  /** At once when the way is not slow and nothing is on it. */
  take(bytes: Buffer, latencyMs: number, nowMs: number): void {
    const lastMs = this.#held.at(-1)?.dueMs;
    if (latencyMs === 0 && lastMs === undefined) this.#pass(bytes);
    else this.#held.push({ bytes, dueMs: Math.max(nowMs + latencyMs, lastMs ?? nowMs) });
  }

  /** Lets through what is due by now. */
  proceed(nowMs: number): void {
    const due = this.#held.findIndex(({ dueMs }) => dueMs > nowMs);
    const through = this.#held.splice(0, due === -1 ? this.#held.length : due);
    for (const { bytes } of through) this.#pass(bytes);
  }

  /** The connection is gone, and what was on its way. */
  clear(): void {
    this.#held = [];
  }
}
