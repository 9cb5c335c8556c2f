import uPlot from "uplot";
import { localMidnight, type Span, timeTicks } from "../data/window.ts";
import { exactResolution, type Words } from "../text/words.ts";
import type { ChartColours } from "./chart-colours.ts";

/** The pieces a chart is put together from: its axes, and what is drawn around its line. */

const font = "12px system-ui, sans-serif";
const tickWidthPx = 62;

export function timeAxis(words: Words, colours: ChartColours): uPlot.Axis {
  return {
    ...axis(colours),
    size: 26,
    splits: (self, _axis, fromSeconds, toSeconds) => {
      const span = { fromMs: fromSeconds * 1000, toMs: toSeconds * 1000 };
      return timeTicks(span, Math.max(2, Math.floor(self.width / tickWidthPx))).map(
        (tickMs) => tickMs / 1000,
      );
    },
    values: (_self, splits) =>
      splits.map((second) => {
        const atMs = second * 1000;
        return localMidnight(atMs) === atMs ? words.day(atMs) : words.clock(atMs);
      }),
  };
}

export function valueAxis(words: Words, colours: ChartColours): uPlot.Axis {
  return {
    ...axis(colours),
    size: 48,
    values: (_self, splits, _axis, _space, step) =>
      splits.map((value) => words.number(value, exactResolution(step))),
  };
}

function axis(colours: ChartColours): uPlot.Axis {
  return {
    font,
    stroke: colours.text,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    gap: 6,
  };
}

interface Shown {
  readonly limits: readonly number[];
  readonly resolution: number;
}

/** Holds all values and limits with some room; never so narrow that the resolution's own steps look like a storm. */
export function valueRange(
  min: number | null,
  max: number | null,
  { limits, resolution }: Shown,
): uPlot.Range.MinMax {
  const values = [min, max, ...limits].filter((value) => value !== null);
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const missing = Math.max(0, 10 * resolution - (high - low)) / 2;
  return uPlot.rangeNum(low - missing, high + missing, 0.1, true);
}

/** Shades the ground where readings are missing, so that a gap is seen and not taken for a thin line. */
export function shadeGaps(self: uPlot, gaps: readonly Span[], colours: ChartColours): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.fillStyle = colours.gap;
  for (const gap of gaps) {
    const from = self.valToPos(gap.fromMs / 1000, "x", true);
    const to = self.valToPos(gap.toMs / 1000, "x", true);
    ctx.fillRect(from, bbox.top, Math.max(1, to - from), bbox.height);
  }
  ctx.restore();
}

export function drawLimits(self: uPlot, limits: readonly number[], colours: ChartColours): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.strokeStyle = colours.limit;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const limit of limits) {
    const y = self.valToPos(limit, "y", true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
