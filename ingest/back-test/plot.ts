import { dateOf, dayStartMs } from "../../calendar/index.ts";
import { quantityOf } from "../../devices/index.ts";
import type { Language } from "../rules/index.ts";
import type { Bucket, Span } from "../stores/reading-store.ts";
import type { FiredEpisode } from "./back-test.ts";

export interface PlotParts extends Span {
  /** Above the plot; escaped here. */
  readonly title: string;
  readonly quantity: string;
  readonly language: Language;
  readonly buckets: readonly Bucket[];
  /** Of one device and one quantity. */
  readonly episodes: readonly FiredEpisode[];
}

const width = 1000;
const height = 360;
const margin = { left: 64, right: 16, top: 40, bottom: 32 };
const colours = { info: "#4477aa", warning: "#ee9922", critical: "#cc3311" } as const;
const dayMs = 86_400_000;

/** One series with its span of values, the limits, and what would have fired, as an SVG that stands alone. */
export function plotOf(parts: PlotParts): string {
  const { buckets, episodes, quantity } = parts;
  const limits = [...new Set(episodes.flatMap(({ limit }) => (limit === null ? [] : [limit])))];
  const scale = scaleOf(parts, limits);
  const { symbol = "", label } = quantityOf(quantity) ?? {};
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(parts.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="20" font-size="14">${escaped(parts.title)}</text>`,
    `<text x="8" y="${margin.top - 8}" fill="#555">${escaped(label?.[parts.language] ?? quantity)}${symbol === "" ? "" : ` (${escaped(symbol)})`}</text>`,
    ...episodes.map((episode) => shade(episode, parts, scale)),
    ...ticksOf(scale).map((value) => level(value, scale, "#ddd", "")),
    ...limits.map((value) => level(value, scale, "#cc3311", ' stroke-dasharray="6 4"')),
    ...days(parts, scale),
    ...runsOf(buckets).map((run) => line(run, scale)),
    "</svg>",
  ].join("\n");
}

interface Scale {
  readonly min: number;
  readonly max: number;
  x(ms: number): number;
  y(value: number): number;
}

function scaleOf({ fromMs, toMs, buckets }: PlotParts, limits: readonly number[]): Scale {
  const values = [...buckets.flatMap(({ min, max }) => [min, max]), ...limits];
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  const [min, max] = [low - room, high + room];
  const [innerWidth, innerHeight] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  return {
    min,
    max,
    x: (ms) =>
      rounded(margin.left + ((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * innerWidth),
    y: (value) => rounded(margin.top + ((max - value) / (max - min)) * innerHeight),
  };
}

function shade(episode: FiredEpisode, { toMs }: Span, { x }: Scale): string {
  const [from, to] = [x(episode.firedAtMs), x(episode.endedAtMs ?? toMs)];
  const fill = episode.withinProbeFault ? "#999999" : colours[episode.severity];
  const size = `width="${Math.max(1, rounded(to - from))}" height="${height - margin.top - margin.bottom}"`;
  return `<rect class="episode" x="${from}" y="${margin.top}" ${size} fill="${fill}" fill-opacity="0.3"/>`;
}

function level(value: number, { y }: Scale, stroke: string, dashes: string): string {
  const at = y(value);
  return `<path d="M${margin.left} ${at}H${width - margin.right}" stroke="${stroke}"${dashes}/><text x="${margin.left - 6}" y="${at + 4}" text-anchor="end" fill="#555">${Number(value.toPrecision(4))}</text>`;
}

/** About five round values over the scale. */
function ticksOf({ min, max }: Scale): number[] {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  const first = Math.ceil(min / step);
  return Array.from(
    { length: Math.max(0, Math.floor(max / step) - first + 1) },
    (_, n) => (first + n) * step,
  );
}

/** Local midnights, at most some ten of them with their date. */
function days({ fromMs, toMs }: Span, { x }: Scale): string[] {
  const each = Math.max(1, Math.ceil((toMs - fromMs) / dayMs / 10));
  const first = dayStartMs(fromMs) + (dayStartMs(fromMs) < fromMs ? dayMs : 0);
  const count = Math.max(0, Math.ceil((toMs - first) / (each * dayMs)));
  return Array.from({ length: count }, (_, n) => {
    const ms = first + n * each * dayMs;
    const [, month, day] = dateOf(ms).split("-");
    return `<path d="M${x(ms)} ${margin.top}V${height - margin.bottom}" stroke="#eee"/><text x="${x(ms)}" y="${height - 10}" text-anchor="middle" fill="#555">${day}/${month}</text>`;
  });
}

/** Buckets that follow each other without a gap: a gap stays a gap. */
function runsOf(buckets: readonly Bucket[]): Bucket[][] {
  const widthMs = Math.min(...buckets.slice(1).map(({ startMs }, at) => startMs - buckets[at]!.startMs));
  const runs: Bucket[][] = [];
  buckets.forEach((bucket, at) => {
    const before = buckets[at - 1];
    if (before && bucket.startMs - before.startMs <= 1.5 * widthMs) runs.at(-1)!.push(bucket);
    else runs.push([bucket]);
  });
  return runs;
}

function line(run: readonly Bucket[], { x, y }: Scale): string {
  const there = run.map(({ startMs, max }) => `${x(startMs)},${y(max)}`);
  const back = run.toReversed().map(({ startMs, min }) => `${x(startMs)},${y(min)}`);
  const means = run.map(({ startMs, mean }) => `${x(startMs)},${y(mean)}`);
  return `<polygon points="${[...there, ...back].join(" ")}" fill="#228833" fill-opacity="0.2"/><polyline points="${means.join(" ")}" fill="none" stroke="#228833" stroke-width="1.5" stroke-linecap="round"/>`;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
