const firstMs = 1_000;
const longestMs = 60_000;

/**
 * How long to wait before the next attempt: any time up to a limit that doubles with each failure ("full jitter"), so
 * that a commune full of nodes does not come back in one second after a power cut.
 *
 * @param failures in a row, from 1
 */
export function backOffMs(failures: number, random: () => number): number {
  return random() * Math.min(longestMs, firstMs * 2 ** (failures - 1));
}
