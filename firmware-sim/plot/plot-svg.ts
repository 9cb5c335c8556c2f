import type { Panel, Plot, Point, Stretch } from "./plot.ts";
import { niceTicks, type Scale, scale } from "./scale.ts";

/*
 * A run as a picture that stands for itself: no script, no font of its own, readable on white and small enough to be kept
 * beside the text.
 */

const width = 900;
const left = 62;
const right = 16;
const head = 88;
const panelHeight = 190;
const gap = 46;
const foot = 44;
/** More points than this on a line nobody sees. */
const mostPoints = 420;

const dayMs = 86_400_000;
/** Viet Nam's days, all year. */
const zoneMs = 7 * 3_600_000;

const style = `text{font:12px system-ui,sans-serif;fill:#334}.t{font-size:17px;font-weight:600}.p{font-weight:600}.a{fill:#b3261e}
.g{stroke:#e3e6ea}.truth{fill:none;stroke:#7a8794;stroke-width:1.4}.seen{stroke:#1769aa;stroke-width:3.4;stroke-linecap:round;fill:none}
.late{stroke:#e08a00;stroke-width:3.4;stroke-linecap:round;fill:none}.limit{stroke:#b3261e;stroke-dasharray:5 4}.alert{fill:#b3261e;opacity:.13}
.mark{stroke:#b3261e;stroke-width:1.5}.trouble{fill:#667;opacity:.13}`;

/** Draws a run: truth as a line, readings as dots, alerts and troubles as bands; labels in Vietnamese. */
export function plotSvg(plot: Plot): string {
  const height = head + plot.panels.length * (panelHeight + gap) - gap + foot;
  const x = scale([plot.fromMs, plot.toMs], [left, width - right]);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(plot.title)}">`,
    `<style>${style}</style><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text class="t" x="${left}" y="24">${escaped(plot.title)}</text>`,
    legend(),
    days(plot, x, height - foot),
    ...plot.panels.map((panel, i) => panelSvg(panel, plot, x, head + i * (panelHeight + gap))),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

function legend(): string {
  const entries: readonly (readonly [mark: string, words: string])[] = [
    [`<path class="truth" d="M0 -4h18"/>`, "sự thật"],
    [`<path class="seen" d="M8 -4h0"/>`, "số đo đến kịp"],
    [`<path class="late" d="M8 -4h0"/>`, "số đo đến muộn"],
    [`<path class="limit" d="M0 -4h18"/>`, "ngưỡng"],
    [`<rect class="alert" y="-11" width="18" height="13"/>`, "cảnh báo"],
    [`<rect class="trouble" y="-11" width="18" height="13"/>`, "sự cố"],
  ];
  const step = 128;
  return entries
    .map(
      ([mark, words], i) =>
        `<g transform="translate(${left + i * step} 46)">${mark}<text x="24">${words}</text></g>`,
    )
    .join("");
}

function panelSvg(panel: Panel, { troubles }: Plot, x: Scale, top: number): string {
  const y = yScale(panel, top);
  const bottom = top + panelHeight;
  const band = (kind: string) => (each: Stretch) => rect(kind, each, x, top, bottom);
  return [
    `<text class="p" x="${left}" y="${top - 6}">${escaped(panel.title)}</text>`,
    ...troubles.map(band("trouble")),
    ...panel.alerts.map(band("alert")),
    ...y.ticks.map((value) => yTick(value, y.at(value), panel.unit)),
    ...panel.limits.map((limit) => line("limit", y.at(limit))),
    path("truth", connected(thinned(panel.truth), x, y.at)),
    path(
      "seen",
      dots(
        panel.readings.filter(({ isLate }) => !isLate),
        x,
        y.at,
      ),
    ),
    path(
      "late",
      dots(
        panel.readings.filter(({ isLate }) => isLate),
        x,
        y.at,
      ),
    ),
    ...labels(panel.alerts, "a", x, top + rowHeight, rowHeight),
    ...labels(troubles, "", x, bottom - 6, -rowHeight),
  ].join("\n");
}

function yScale({ truth, readings, limits }: Panel, top: number) {
  const values = [...truth.map(({ value }) => value), ...readings.map(({ value }) => value), ...limits];
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  return { ticks, at: scale([ticks[0]!, ticks.at(-1)!], [top + panelHeight, top]) };
}

function yTick(value: number, y: number, unit: string): string {
  const text = `${Number(value.toPrecision(6))}`.replace(".", ",");
  return `${line("g", y)}<text x="${left - 6}" y="${round(y + 4)}" text-anchor="end">${text} ${escaped(unit)}</text>`;
}

function days({ fromMs, toMs }: Plot, x: Scale, y: number): string {
  const count = Math.ceil((toMs - fromMs) / dayMs);
  const every = Math.ceil(count / 14);
  const first = Math.ceil((fromMs + zoneMs) / dayMs);
  return Array.from({ length: Math.floor(count / every) + 1 }, (_, i) => (first + i * every) * dayMs - zoneMs)
    .filter((atMs) => atMs <= toMs)
    .map((atMs) => {
      const date = new Date(atMs + zoneMs);
      const label = `${date.getUTCDate()}/${date.getUTCMonth() + 1}`;
      return `<path class="g" d="M${round(x(atMs))} ${head}V${y}"/><text x="${round(x(atMs))}" y="${y + 18}" text-anchor="middle">${label}</text>`;
    })
    .join("");
}

const charWidth = 6.9;
const rowHeight = 14;

/** One label a band, in the first of two rows that has room for it. */
function labels(stretches: readonly Stretch[], kind: string, x: Scale, y: number, rowStep: number): string[] {
  const free = [left, left];
  return stretches
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .flatMap(({ fromMs, label }) => {
      const at = Math.max(left, Math.min(x(fromMs) + 3, width - right - label.length * charWidth));
      const row = free.findIndex((from) => at >= from);
      if (row === -1) return [];
      free[row] = at + label.length * charWidth;
      return [
        `<text class="${kind}" x="${round(at)}" y="${round(y + row * rowStep)}">${escaped(label)}</text>`,
      ];
    });
}

function rect(kind: string, { fromMs, toMs }: Stretch, x: Scale, top: number, bottom: number): string {
  const [from, to] = [Math.max(left, x(fromMs)), Math.min(width - right, x(toMs))];
  if (to < left || from > width - right) return "";
  return `<rect class="${kind}" x="${round(from)}" y="${top}" width="${round(Math.max(1.5, to - from))}" height="${bottom - top}"/>`;
}

const line = (kind: string, y: number) => `<path class="${kind}" d="M${left} ${round(y)}H${width - right}"/>`;
const path = (kind: string, d: string) => (d === "" ? "" : `<path class="${kind}" d="${d}"/>`);

function connected(points: readonly Point[], x: Scale, y: Scale): string {
  return points
    .map(({ atMs, value }, i) => `${i === 0 ? "M" : "L"}${round(x(atMs))} ${round(y(value))}`)
    .join("");
}

/** Each a line of no length with a round cap; of dots that lie on one another, one. */
function dots(points: readonly Point[], x: Scale, y: Scale): string {
  const places = new Set(
    points.map(({ atMs, value }) => `M${Math.round(x(atMs))} ${Math.round(y(value))}h0`),
  );
  return [...places].join("");
}

/** Of each piece of the line its lowest and its highest point. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostPoints) return points;
  const size = Math.ceil(points.length / (mostPoints / 2));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  ).flatMap((piece) => {
    const sorted = piece.toSorted((a, b) => a.value - b.value);
    return [sorted[0]!, sorted.at(-1)!].toSorted((a, b) => a.atMs - b.atMs);
  });
}

const round = (value: number) => Math.round(value * 10) / 10;
const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
