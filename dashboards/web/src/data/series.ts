import type { LatestValue, Series } from "../../../../app/http/shapes.ts";
import { type Span, type SpanName, spanOf, spans, type Window } from "./window.ts";

/** A series laid out for the chart: columns of equal length, a null row wherever the line must break. */
export interface Plot {
  /** Middle of each bucket, in seconds since 1970 UTC, as the chart library counts. */
  readonly seconds: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** Stretches between two readings in which some are missing. */
  readonly gaps: readonly Span[];
}

/**
 * How long the line may run from one bucket to the next. A bucket without readings breaks it, except where the device
 * reports more rarely than there are buckets: then it is broken where more than one uplink in a row is missing.
 */
export function longestStepMs(bucketMs: number, intervalMs: number | null): number {
  return Math.max(1.5 * bucketMs, 2.5 * (intervalMs ?? 0));
}

/** What to ask for so that a window can be drawn. */
export interface Drawing extends Span {
  readonly buckets: number;
}

/**
 * Buckets are no finer than a phone can show and no shorter than the device's interval, or every second one would be empty.
 * A window that follows the clock ends with the running bucket (or minute), so that its buckets keep their places from one
 * fetch to the next and are asked for only when a new one begins.
 */
export function drawingOf(window: Window, intervalMs: number | null, nowMs: number): Drawing {
  const spanMs = spans[window.span];
  const bucketMs = Math.max(finestMs[window.span], Math.min(intervalMs ?? 0, spanMs));
  const buckets = Math.floor(spanMs / bucketMs);
  if (window.endMs !== null) return { ...spanOf(window, nowMs), buckets };
  const stepMs = Math.max(60_000, Math.round(spanMs / buckets));
  const toMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  return { fromMs: toMs - spanMs, toMs, buckets };
}

const minuteMs = 60_000;
const finestMs: Readonly<Record<SpanName, number>> = {
  "6h": minuteMs,
  "24h": 5 * minuteMs,
  "7d": 30 * minuteMs,
  "30d": 120 * minuteMs,
};

export function plotOf(series: Series, intervalMs: number | null): Plot {
  const longestMs = longestStepMs(series.bucketMs, intervalMs);
  const seconds: number[] = [];
  const mean: (number | null)[] = [];
  const min: (number | null)[] = [];
  const max: (number | null)[] = [];
  const gaps: Span[] = [];
  const row = (atMs: number, low: number | null, middle: number | null, high: number | null) => {
    seconds.push(atMs / 1000);
    min.push(low);
    mean.push(middle);
    max.push(high);
  };
  let endMs: number | null = null;
  for (const bucket of series.buckets) {
    if (endMs !== null && bucket.startMs - (endMs - series.bucketMs) > longestMs) {
      gaps.push({ fromMs: endMs, toMs: bucket.startMs });
      row((endMs + bucket.startMs) / 2, null, null, null);
    }
    row(bucket.startMs + series.bucketMs / 2, bucket.min, bucket.mean, bucket.max);
    endMs = bucket.startMs + series.bucketMs;
  }
  return { seconds, mean, min, max, gaps };
}

/** The row's values; null where the line breaks. */
export function valuesAt(plot: Plot, at: number) {
  const [mean, min, max] = [plot.mean[at], plot.min[at], plot.max[at]];
  return mean == null || min == null || max == null ? null : { mean, min, max };
}

/** Places of values that no line leads to, which would be invisible without a dot. */
export function lonePoints(values: readonly (number | null | undefined)[]): number[] {
  const isThere = (at: number) => values[at] !== null && values[at] !== undefined;
  return [...values.keys()].filter((at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1));
}

export interface Extent {
  readonly min: number;
  readonly max: number;
  /** Of the readings, not of the buckets. */
  readonly mean: number;
}

export function extentOf(series: Series): Extent | null {
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const bucket of series.buckets) {
    min = Math.min(min, bucket.min);
    max = Math.max(max, bucket.max);
    sum += bucket.mean * bucket.count;
    count += bucket.count;
  }
  return count === 0 ? null : { min, max, mean: sum / count };
}

/** A series on the screen, and the time up to which its readings are counted in it. */
export interface LiveSeries {
  readonly series: Series;
  readonly countedUntilMs: number;
}

/**
 * The series with one live reading more, so that a chart moves without being fetched again. A reading that may be counted
 * already, or belongs before the newest bucket, changes nothing: the next fetch brings it.
 */
export function withReading(live: LiveSeries, { measuredAtMs, value }: LatestValue): LiveSeries {
  const { series, countedUntilMs } = live;
  const last = series.buckets.at(-1);
  const startMs =
    series.fromMs + Math.floor((measuredAtMs - series.fromMs) / series.bucketMs) * series.bucketMs;
  if (measuredAtMs <= countedUntilMs || (last !== undefined && startMs < last.startMs)) return live;
  const reading = { startMs, count: 1, mean: value, min: value, max: value };
  const buckets =
    last?.startMs === startMs
      ? [...series.buckets.slice(0, -1), mergedBucket(last, value)]
      : [...series.buckets, reading];
  return { series: { ...series, buckets }, countedUntilMs: measuredAtMs };
}

function mergedBucket(bucket: Series["buckets"][number], value: number) {
  const count = bucket.count + 1;
  return {
    startMs: bucket.startMs,
    count,
    mean: bucket.mean + (value - bucket.mean) / count,
    min: Math.min(bucket.min, value),
    max: Math.max(bucket.max, value),
  };
}
