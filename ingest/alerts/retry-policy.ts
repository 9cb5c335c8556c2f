/** How long and how often an undelivered notification is tried again. */
export interface RetryPolicy {
  /** Wait after the first failure; each further one doubles it. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** No attempt is made this long after the notification was created … */
  readonly giveUpAfterMs: number;
  /** … nor after so many. */
  readonly mostAttempts: number;
}

/** Gets over a night without power, not over a forgotten password: by then the news is old. */
export const usualRetries: RetryPolicy = {
  firstMs: 5000,
  mostMs: 15 * 60_000,
  giveUpAfterMs: 24 * 3_600_000,
  mostAttempts: 200,
};

/**
 * Exponential back-off; half of it is chance, so that a thousand notifications refused together do not come back together.
 * @param attempts made so far, at least 1
 * @param random from 0 up to 1
 */
export function waitMs(policy: RetryPolicy, attempts: number, random: number): number {
  const fullMs = Math.min(policy.mostMs, policy.firstMs * 2 ** Math.min(attempts - 1, 40));
  return Math.round(fullMs / 2 + (fullMs / 2) * random);
}
