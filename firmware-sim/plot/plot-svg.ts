import { dayAxis } from "./day-axis.ts";
import { legend } from "./legend.ts";
import type { Panel, Plot, Point, Stretch } from "./plot.ts";
import { niceTicks, type Scale, scale } from "./scale.ts";

/*
 * A run as a picture that stands for itself: no script, no font of its own, readable on white and small enough to be kept
 * beside the text.
 */

const width = 900;
const left = 62;
const right = 16;
const head = 104;
const panelHeight = 190;
const gap = 46;
const foot = 58;
/** More points than this on a line nobody sees. */
const mostPoints = 420;

/** Alerts are red and marked above, troubles grey and marked below: they are told apart where they overlap, and without colour. */
const style = `text{font:12px system-ui,sans-serif;fill:#334}.t{font-size:17px;font-weight:600}.p{font-weight:600}.a{fill:#b3261e}.en{font-size:11px;fill:#667}
.g{stroke:#dde1e6}.h{stroke:#f0f2f4}.truth{fill:none;stroke:#14181d;stroke-width:1.3}.seen{stroke:#5aa2dd;stroke-width:3.6;stroke-linecap:round;fill:none}
.late{stroke:#e08a00;stroke-width:3.6;stroke-linecap:round;fill:none}.limit{stroke:#b3261e;stroke-dasharray:5 4}.alert{fill:#b3261e;opacity:.12}
.alerted{stroke:#b3261e;stroke-width:3.5}.trouble{fill:#556;opacity:.09}.troubled{stroke:#8a90a0;stroke-width:3.5}`;

/** Draws a run: truth as a line, readings as dots, alerts and troubles as bands. */
export function plotSvg(plot: Plot): string {
  const height = head + plot.panels.length * (panelHeight + gap) - gap + foot;
  const x = scale([plot.fromMs, plot.toMs], [left, width - right]);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(plot.title)}">`,
    `<style>${style}</style><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text class="t" x="${left}" y="24">${escaped(plot.title)}</text>`,
    legend(left, 48),
    dayAxis({ fromMs: plot.fromMs, toMs: plot.toMs, x, top: head, bottom: height - foot }),
    ...plot.panels.map((panel, i) => panelSvg(panel, plot, x, head + i * (panelHeight + gap))),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

function panelSvg(panel: Panel, { troubles }: Plot, x: Scale, top: number): string {
  const y = yScale(panel, top);
  const bottom = top + panelHeight;
  const gone = named(troubles, x);
  const band = (kind: string) => (each: Stretch) => rect(kind, each, x, top, bottom);
  return [
    `<text class="p" x="${left}" y="${top - 6}">${escaped(panel.title)}</text>`,
    ...troubles.map(band("trouble")),
    ...panel.alerts.map(band("alert")),
    ...y.ticks.map((value) => yTick(value, y.at(value), panel.unit)),
    ...panel.limits.map((limit) => line("limit", y.at(limit))),
    path("seen", dots(panel, x, y.at, false)),
    path("late", dots(panel, x, y.at, true)),
    // Over the dots: where both agree, the line is seen in the dots.
    path("truth", connected(thinned(panel.truth), x, y.at)),
    // Under its own name, so that those which overlap are told apart.
    ...gone.map((each) => edge("troubled", each, x, bottom - edgeInset - (each.row ?? 0) * rowHeight)),
    ...panel.alerts.map((each) => edge("alerted", each, x, top + edgeInset)),
    ...labels(named(panel.alerts, x), "a", top + rowHeight - 2, rowHeight - 3),
    ...labels(gone, "", bottom - edgeInset - 5, -rowHeight),
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

const charWidth = 6.9;
const rowHeight = 18;
const edgeInset = 2;

interface Named extends Stretch {
  /** Where its name begins, and in which row; null when there is no room for it. */
  readonly at: number;
  readonly row: number | null;
}

/** Names bands, oldest first: one name each, in the first of three rows that has room for it. */
function named(stretches: readonly Stretch[], x: Scale): Named[] {
  const free = [left, left, left];
  return stretches
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .map((each) => {
      const at = Math.max(left, Math.min(x(each.fromMs) + 3, width - right - each.label.length * charWidth));
      const row = free.findIndex((from) => at >= from);
      if (row === -1) return { ...each, at, row: null };
      free[row] = at + each.label.length * charWidth;
      return { ...each, at, row };
    });
}

/** @param rowStep downwards, or upwards when below 0 */
function labels(bands: readonly Named[], kind: string, y: number, rowStep: number): string[] {
  return bands.flatMap(({ at, row, label }) =>
    row === null
      ? []
      : [`<text class="${kind}" x="${round(at)}" y="${round(y + row * rowStep)}">${escaped(label)}</text>`],
  );
}

function rect(kind: string, each: Stretch, x: Scale, top: number, bottom: number): string {
  const [from, to] = ends(each, x);
  if (to < from) return "";
  return `<rect class="${kind}" x="${round(from)}" y="${top}" width="${round(Math.max(1.5, to - from))}" height="${bottom - top}"/>`;
}

function edge(kind: string, each: Stretch, x: Scale, y: number): string {
  const [from, to] = ends(each, x);
  return to < from ? "" : path(kind, `M${round(from)} ${y}H${round(Math.max(from + 1.5, to))}`);
}

/** Where a band begins and ends within the picture; the other way round when it lies outside. */
function ends({ fromMs, toMs }: Stretch, x: Scale): [number, number] {
  return [Math.max(left, x(fromMs)), Math.min(width - right, x(toMs))];
}

const line = (kind: string, y: number) => `<path class="${kind}" d="M${left} ${round(y)}H${width - right}"/>`;
const path = (kind: string, d: string) => (d === "" ? "" : `<path class="${kind}" d="${d}"/>`);

function connected(points: readonly Point[], x: Scale, y: Scale): string {
  return points
    .map(({ atMs, value }, i) => `${i === 0 ? "M" : "L"}${round(x(atMs))} ${round(y(value))}`)
    .join("");
}

/** Each a line of no length with a round cap; of dots that lie on one another, one. */
function dots({ readings }: Panel, x: Scale, y: Scale, late: boolean): string {
  const drawn = readings.filter(({ isLate }) => isLate === late);
  const places = new Set(drawn.map(({ atMs, value }) => `M${Math.round(x(atMs))} ${Math.round(y(value))}h0`));
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
