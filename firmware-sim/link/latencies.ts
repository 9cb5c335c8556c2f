const bucketsPerDoubling = 8;

/** How long things took, in buckets that grow by a twelfth: any number of them costs the same few bytes. */
export class Latencies {
  readonly #counts: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  record(ms: number): void {
    const bucket = Math.round(Math.log2(Math.max(0, ms) + 1) * bucketsPerDoubling);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
  }

  /** Milliseconds below which this share of them stayed, to within a twelfth; null when there are none. */
  quantile(share: number): number | null {
    let left = Math.ceil(share * this.#count);
    if (left === 0) return null;
    for (const [bucket, count = 0] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.round(2 ** (bucket / bucketsPerDoubling) - 1);
    }
    return null;
  }
}
