import type { ReportChart } from "../report.ts";
import { escaped } from "./escaped.ts";

const width = 720;
const height = 300;
const plot = { left: 36, top: 12, right: 708, bottom: 220 } as const;

/** Groups of columns from 0 to 100 %, with their figures above; the title is told by whoever frames it. */
export function chartSvg(chart: ReportChart): string {
  const { categories, series } = chart;
  const groupWidth = (plot.right - plot.left) / Math.max(1, categories.length);
  const barWidth = Math.min(40, (groupWidth * 0.8) / series.length);
  const yOf = (percent: number) => plot.bottom - (percent / 100) * (plot.bottom - plot.top);
  const grid = [0, 20, 40, 60, 80, 100].map(
    (percent) =>
      `<line x1="${plot.left}" x2="${plot.right}" y1="${yOf(percent)}" y2="${yOf(percent)}" stroke="#ddd"/><text x="${plot.left - 4}" y="${yOf(percent) + 4}" text-anchor="end">${percent}</text>`,
  );
  const groups = categories.map((category, i) => {
    const middle = plot.left + groupWidth * (i + 0.5);
    const bars = series.map(({ values, colour }, k) => {
      const value = values[i] ?? null;
      if (value === null) return "";
      const x = middle + (k - series.length / 2) * barWidth;
      return `<rect x="${x.toFixed(1)}" y="${yOf(value).toFixed(1)}" width="${(barWidth - 2).toFixed(1)}" height="${(plot.bottom - yOf(value)).toFixed(1)}" fill="#${colour}"/><text x="${(x + barWidth / 2 - 1).toFixed(1)}" y="${(yOf(value) - 3).toFixed(1)}" text-anchor="middle">${value}</text>`;
    });
    return bars.join("") + label(category, middle);
  });
  const legend = series.map(({ name, colour }, i) => {
    const x = plot.left + i * 140;
    return `<rect x="${x}" y="${height - 20}" width="12" height="12" fill="#${colour}"/><text x="${x + 18}" y="${height - 10}">${escaped(name)}</text>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(chart.title)}">${[...grid, ...groups, ...legend].join("\n")}</svg>`;
}

/** Words of a category one under the other, three to a line, as there is not much room. */
function label(category: string, x: number): string {
  const words = category.split(" ");
  const lines = words.flatMap((_, i) => (i % 3 === 0 ? [words.slice(i, i + 3).join(" ")] : []));
  return lines
    .map(
      (line, i) =>
        `<text x="${x.toFixed(1)}" y="${plot.bottom + 16 + i * 13}" text-anchor="middle">${escaped(line)}</text>`,
    )
    .join("");
}
