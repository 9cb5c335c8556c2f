const firstWaitMs = 500;
const mostWaitMs = 60_000;

/**
 * How long to wait before the next attempt: twice as long after each failure, up to a minute. Half of it is drawn by
 * lot, so that a hundred workers do not come back to a restarted broker in the same moment.
 *
 * @param failures attempts that have failed in a row, from 1
 * @param random in [0, 1)
 */
export function backOffMs(failures: number, random: () => number): number {
  const wholeMs = Math.min(mostWaitMs, firstWaitMs * 2 ** (failures - 1));
  return (wholeMs * (1 + random())) / 2;
}
