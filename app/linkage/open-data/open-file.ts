import { createHash } from "node:crypto";
import { writeTable } from "../../../csv/index.ts";
import type { OpenFile } from "../../http/linkage-office.ts";
import type { Cell, Dataset, OpenParts } from "./dataset.ts";
import type { OpenFormat } from "./index.ts";

/** One table as a file. The same snapshots make the same bytes. */
export function openFile(dataset: Dataset, format: OpenFormat, parts: OpenParts): OpenFile {
  const rows = dataset.rows(parts);
  const text = format === "csv" ? csvOf(dataset, rows) : jsonOf(dataset, rows);
  const bytes = new TextEncoder().encode(text);
  return {
    name: `${dataset.name}.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
    bytes,
    rows: rows.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function csvOf({ columns }: Dataset, rows: ReturnType<Dataset["rows"]>): string {
  const text = (cell: Cell | undefined) => (cell === null || cell === undefined ? "" : String(cell));
  const names = Object.keys(columns);
  return writeTable(
    names,
    rows.map((row) => Object.fromEntries(names.map((name) => [name, text(row[name])]))),
  );
}

function jsonOf({ name, title, about, columns }: Dataset, rows: ReturnType<Dataset["rows"]>): string {
  const names = Object.keys(columns);
  const inOrder = rows.map((row) => Object.fromEntries(names.map((column) => [column, row[column] ?? null])));
  return `${JSON.stringify({ dataset: name, title, about, dictionary: "dictionary.json", rows: inOrder })}\n`;
}
