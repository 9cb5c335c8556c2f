import type { Span } from "./reading-store.ts";

const hourMs = 3_600_000;

/**
 * Width of the buckets in which every store gives a span: whole milliseconds, and whole hours once it exceeds one, so
 * that hourly roll-ups fit into it. Buckets start at the span's start; the last one may reach beyond its end.
 *
 * @param most how many buckets there may be
 */
export function bucketWidthMs({ fromMs, toMs }: Span, most: number): number {
  const least = Math.max(1, Math.ceil((toMs - fromMs) / most));
  return least <= hourMs ? least : Math.ceil(least / hourMs) * hourMs;
}
