import writeExcelFile, { type Cell } from "write-excel-file/node";
import type { SheetColumn } from "./sheet-column.ts";

/**
 * One sheet with a header, as `readWorkbook` reads it. Whole columns of codes are text, so that no spreadsheet drops their zeros
 * when somebody types another below.
 */
export async function writeWorkbook(
  sheet: string,
  columns: readonly SheetColumn[],
  rows: readonly Readonly<Record<string, string>>[],
): Promise<Uint8Array> {
  const head = columns.map(({ name }): Cell => ({ value: name, fontWeight: "bold" }));
  const data = rows.map((row) => columns.map((column) => cellOf(row[column.name] ?? "", column)));
  const widths = columns.map(({ name }) => ({ width: Math.max(12, name.length + 2) }));
  const options = { sheet, columns: widths, stickyRowsCount: 1 };
  return new Uint8Array(await writeExcelFile([head, ...data], options).toBuffer());
}

function cellOf(text: string, { kind }: SheetColumn): Cell {
  if (text === "") return null;
  if (kind === "number") return { value: Number(text) };
  if (kind === "date") return { value: new Date(`${text}T00:00:00Z`), format: "yyyy-mm-dd" };
  return { value: text, type: String, format: "@" };
}
