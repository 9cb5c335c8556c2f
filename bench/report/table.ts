import { type Figure, verdict } from "../row.ts";
import type { RowResult } from "./results.ts";

const columns = ["row", "what", "at least", "aim", "measured", ""] as const;

/** The table of numbers, one line for each figure; a row that failed shows that it did. */
export function resultTable(results: readonly RowResult[]): string {
  const lines = results.flatMap(({ row, outcome }) =>
    row.figures.map((figure) => {
      const measured = outcome?.measured[figure.key];
      return [
        row.name,
        figure.what,
        number(figure.atLeast, figure),
        number(figure.aim, figure),
        measured === undefined ? "failed" : number(measured, figure),
        measured === undefined ? "" : verdict(figure, measured),
      ];
    }),
  );
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...lines.map((line) => line[at]!.length)),
  );
  const text = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at < 2 || at === 5 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ")
      .trimEnd();
  return [text(columns), text(widths.map((width) => "-".repeat(width))), ...lines.map(text)].join("\n");
}

/** Three digits, or all of a whole number: `23,400 /s`, `5.31 ms`. */
export function number(value: number, { unit }: Pick<Figure, "unit">): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  const text = value.toLocaleString("en", { maximumFractionDigits: digits });
  return unit === "" ? text : `${text} ${unit}`;
}
