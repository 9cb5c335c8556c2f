import { fullBucket, isFull, type Rate, type TokenBucket, take } from "./token-bucket.ts";

/** How fast one address may open connections. */
export interface ConnectRate {
  /** Counts one. @returns whether it may come in */
  admit(address: string, nowMs: number): boolean;
  /** Forgets those who have been quiet. */
  tick(nowMs: number): void;
}

export function createConnectRate(rate: Rate): ConnectRate {
  const buckets = new Map<string, TokenBucket>();
  return {
    admit(address, nowMs) {
      const bucket = buckets.get(address) ?? fullBucket(rate, nowMs);
      buckets.set(address, bucket);
      return take(bucket, rate, nowMs);
    },
    tick(nowMs) {
      for (const [address, bucket] of buckets) if (isFull(bucket, rate, nowMs)) buckets.delete(address);
    },
  };
}
