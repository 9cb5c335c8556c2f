import type { Saved } from "../rule.ts";
import type { Step, Transform } from "../transformed-watcher.ts";

export interface TrendParts {
  /** How far back the trend is taken. */
  readonly overMs: number;
  /** How far ahead it is drawn. */
  readonly withinMs: number;
  /** Share of the variance that the straight line must explain; below it there is no trend. */
  readonly leastFit: number;
}

/** Parts of the window that are told apart: bounds the memory of a device that sends every second. */
const steps = 48;
const fewestReadings = 6;

/** Draws the straight line of least squares through the readings of a window, and tells where it leads. */
export class Trend implements Transform {
  readonly #parts: TrendParts;
  readonly #timesMs: number[];
  readonly #values: number[];

  constructor(parts: TrendParts, saved: Saved | null) {
    this.#parts = parts;
    const [timesMs = [], values = []] = (saved ?? []) as [number[]?, number[]?];
    this.#timesMs = [...timesMs];
    this.#values = [...values];
  }

  take(measuredAtMs: number, value: number): Step {
    const { overMs, withinMs, leastFit } = this.#parts;
    this.#remember(measuredAtMs, value);
    const line = lineThrough(this.#timesMs, this.#values, measuredAtMs);
    const isTrend =
      line !== null &&
      line.fit >= leastFit &&
      this.#timesMs.length >= fewestReadings &&
      measuredAtMs - this.#timesMs[0]! >= overMs / 2;
    // Without a trend nothing better is known than that it stays as it is.
    return { atMs: measuredAtMs, value: isTrend ? value + line.slope * withinMs : value, judged: value };
  }

  save(): Saved {
    return [[...this.#timesMs], [...this.#values]];
  }

  #remember(atMs: number, value: number): void {
    const { overMs } = this.#parts;
    while (this.#timesMs.length > 0 && this.#timesMs.at(-1)! > atMs) this.#drop("pop");
    while (this.#timesMs.length > 0 && this.#timesMs[0]! < atMs - overMs) this.#drop("shift");
    // The newest always counts; it takes the place of the one before when that came too soon after its own.
    const before = this.#timesMs.at(-2);
    if (before !== undefined && this.#timesMs.at(-1)! - before < overMs / steps) this.#drop("pop");
    this.#timesMs.push(atMs);
    this.#values.push(value);
  }

  #drop(from: "pop" | "shift"): void {
    this.#timesMs[from]();
    this.#values[from]();
  }
}

/** Slope a millisecond, and how well it fits (r²); null when the readings make no line. */
export function lineThrough(
  timesMs: readonly number[],
  values: readonly number[],
  originMs: number,
): { readonly slope: number; readonly fit: number } | null {
  const n = timesMs.length;
  if (n < 2) return null;
  let [meanT, meanV] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanT += (timesMs[i]! - originMs) / n;
    meanV += values[i]! / n;
  }
  let [tt, tv, vv] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const t = timesMs[i]! - originMs - meanT;
    const v = values[i]! - meanV;
    tt += t * t;
    tv += t * v;
    vv += v * v;
  }
  if (tt === 0) return null;
  return { slope: tv / tt, fit: vv === 0 ? 1 : (tv * tv) / (tt * vv) };
}
