import type { ReadingStore, Span } from "../../reading-store.ts";

export const dayMs = 86_400_000;

/** A UTC day that has readings. */
export interface DayOfReadings {
  readonly startMs: number;
  readonly readings: number;
}

/**
 * The days of a span that have readings, in order. A span without any costs one question, one with readings is halved:
 * years of silence cost next to nothing.
 *
 * @param span whole UTC days
 */
export async function daysWithReadings(
  source: Pick<ReadingStore, "completeness">,
  span: Span,
): Promise<DayOfReadings[]> {
  const days = Math.round((span.toMs - span.fromMs) / dayMs);
  if (days < 1) return [];
  const counted = await source.completeness(span);
  const readings = counted.reduce((sum, device) => sum + device.readings, 0);
  if (readings === 0) return [];
  if (days === 1) return [{ startMs: span.fromMs, readings }];
  const middleMs = span.fromMs + Math.floor(days / 2) * dayMs;
  return [
    ...(await daysWithReadings(source, { ...span, toMs: middleMs })),
    ...(await daysWithReadings(source, { ...span, fromMs: middleMs })),
  ];
}
