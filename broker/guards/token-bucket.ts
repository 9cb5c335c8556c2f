/** So many a second on average, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * One chunk of a socket may hold hundreds of uplinks, all of which are taken: the debt. It is capped, so that nobody
 * is silenced for longer than a usual keep-alive allows.
 */
const longestDebtS = 5;

export interface TokenBucket {
  tokens: number;
  filledAtMs: number;
}

export function fullBucket(rate: Rate, nowMs: number): TokenBucket {
  return { tokens: rate.burst, filledAtMs: nowMs };
}

/** Takes one token, on credit if need be. @returns whether there was one */
export function take(bucket: TokenBucket, rate: Rate, nowMs: number): boolean {
  fill(bucket, rate, nowMs);
  bucket.tokens = Math.max(bucket.tokens - 1, -longestDebtS * rate.perSecond);
  return bucket.tokens >= 0;
}

/** Whether any debt has been paid off by now. */
export function solvent(bucket: TokenBucket, rate: Rate, nowMs: number): boolean {
  fill(bucket, rate, nowMs);
  return bucket.tokens >= 0;
}

/** Whether it would be the same as a new one. */
export function isFull(bucket: TokenBucket, rate: Rate, nowMs: number): boolean {
  fill(bucket, rate, nowMs);
  return bucket.tokens >= rate.burst;
}

function fill(bucket: TokenBucket, rate: Rate, nowMs: number): void {
  const passedMs = nowMs - bucket.filledAtMs;
  if (passedMs <= 0) {
    // The clock was set back: count from here, or the bucket stays empty until the old time comes again.
    bucket.filledAtMs = nowMs;
    return;
  }
  bucket.tokens = Math.min(bucket.tokens + (passedMs / 1_000) * rate.perSecond, rate.burst);
  bucket.filledAtMs = nowMs;
}
