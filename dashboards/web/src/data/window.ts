/** Half-open: from the first millisecond to before the last. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The ranges people choose from, in the order they are shown. */
export const spans = { "6h": 6 * hourMs, "24h": dayMs, "7d": 7 * dayMs, "30d": 30 * dayMs } as const;
export type SpanName = keyof typeof spans;
export const spanNames = Object.keys(spans) as SpanName[];

/** What part of time the charts show. `endMs` null follows the clock. */
export interface Window {
  readonly span: SpanName;
  readonly endMs: number | null;
}

export const defaultWindow: Window = { span: "24h", endMs: null };

export function spanOf(window: Window, nowMs: number): Span {
  const toMs = window.endMs ?? nowMs;
  return { fromMs: toMs - spans[window.span], toMs };
}

export function earlier(window: Window, nowMs: number): Window {
  return { ...window, endMs: spanOf(window, nowMs).fromMs };
}

/** One span on; a window that would reach past now follows the clock again. */
export function later(window: Window, nowMs: number): Window {
  const endMs = (window.endMs ?? nowMs) + spans[window.span];
  return { ...window, endMs: endMs >= nowMs ? null : endMs };
}

// Vietnam has kept UTC+7 without daylight saving since 1975, so local days need no calendar.
const offsetMs = 7 * hourMs;

/** Time of the last local midnight at or before this time. */
export function localMidnight(atMs: number): number {
  return Math.floor((atMs + offsetMs) / dayMs) * dayMs - offsetMs;
}

/** The local day as `<input type="date">` writes it: `2026-11-21`. */
export function localDate(atMs: number): string {
  return new Date(atMs + offsetMs).toISOString().slice(0, 10);
}

/** The window that ends with the end of this local day; the clock's when that lies ahead. */
export function untilEndOf(window: Window, date: string, nowMs: number): Window {
  const midnightMs = Date.parse(`${date}T00:00:00Z`) - offsetMs;
  if (Number.isNaN(midnightMs)) return window;
  const endMs = midnightMs + dayMs;
  return { ...window, endMs: endMs >= nowMs ? null : endMs };
}

const tickStepsMs = [
  ...[5, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 5, 10].map((days) => days * dayMs),
];

/** Round local times inside the span for a chart's axis: at most `most`, in milliseconds since 1970 UTC. */
export function timeTicks({ fromMs, toMs }: Span, most: number): number[] {
  const stepMs = tickStepsMs.find((step) => (toMs - fromMs) / step <= most) ?? 10 * dayMs;
  const firstMs = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
  const ticks: number[] = [];
  for (let tick = firstMs; tick <= toMs; tick += stepMs) ticks.push(tick);
  return ticks;
}
