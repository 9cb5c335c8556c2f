import { type CellValue, readSheet } from "read-excel-file/node";
import { type ReadTable, type TableLine, type TableProblem, tableOf } from "../csv/read-table.ts";
import { dayMs } from "../dates/local-date.ts";
import type { SheetColumn } from "./sheet-column.ts";

/** Lines above the header: a title, the agency's name. */
const mostTitleRows = 10;
/** What Excel shows where a formula failed. */
const excelErrors = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"];
/** Days from Excel's day 0 (30 December 1899) to 1970. */
const epochDays = 25_569;

/**
 * Reads the first sheet of a workbook: numbers and dates may be typed as such or as text, also a date that only shows as its
 * serial number. A code of which the workbook made a number, dropping zeros, is a problem with its row and column.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  columns: readonly SheetColumn[],
  required: readonly string[],
): Promise<ReadTable> {
  const shape = { columns: columns.map(({ name }) => name), required };
  const sheet = await sheetIn(bytes);
  if ("problem" in sheet) return { rows: [], problems: [sheet.problem], decimalComma: true };
  const headerAt = headerRow(sheet.rows, required);
  const header = sheet.rows[headerAt] ?? [];
  const holes = headerHoles(header, headerAt + 1);
  if (holes.length > 0) return { rows: [], problems: holes, decimalComma: true };
  const kinds = header.map((name) => columns.find((column) => column.name === textOf(name).toLowerCase()));
  const problems: TableProblem[] = [];
  const lines = sheet.rows.slice(headerAt).flatMap((row, i): TableLine[] => {
    const line = headerAt + 1 + i;
    const cells = i === 0 ? row.map(textOf) : row.map((cell, k) => cellText(cell, kinds[k], line, problems));
    return cells.some((cell) => cell !== "") ? [{ line, cells: trimmed(cells) }] : [];
  });
  const table = tableOf(lines, shape);
  // In text cells people of Viet Nam write 1,5; a number cell has a point and no comma.
  return { ...table, problems: [...table.problems, ...problems], decimalComma: true };
}

type SheetRows = readonly (readonly (CellValue | null)[])[];

async function sheetIn(bytes: Uint8Array): Promise<{ rows: SheetRows } | { problem: TableProblem }> {
  try {
    return { rows: await readSheet(Buffer.from(bytes)) };
  } catch (error) {
    const message = `is no workbook that can be read (${(error as Error).message}); save it as .xlsx, without a password`;
    return { problem: { line: 1, column: null, message } };
  }
}

/** The first of the first rows that names all columns that must be there; else the first row, whose faults are then told. */
function headerRow(rows: SheetRows, required: readonly string[]): number {
  const found = rows.slice(0, mostTitleRows).findIndex((row) => {
    const names = row.map((cell) => textOf(cell).toLowerCase());
    return required.every((name) => names.includes(name));
  });
  return Math.max(0, found);
}

/** Merged cells leave all but the first of them empty. */
function headerHoles(header: SheetRows[number], line: number): TableProblem[] {
  const last = header.findLastIndex((cell) => textOf(cell) !== "");
  return header.slice(0, last + 1).flatMap((cell, i) => {
    if (textOf(cell) !== "") return [];
    const message = `column ${letterOf(i)} has no name in the header: take merged cells apart, one name a column`;
    return [{ line, column: null, message }];
  });
}

function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? "" : letterOf(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** Spreadsheets keep cells that only have a colour or a border. */
function trimmed(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
}

function textOf(cell: CellValue | null): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim().normalize("NFC");
}

function cellText(
  cell: CellValue | null,
  column: SheetColumn | undefined,
  line: number,
  problems: TableProblem[],
): string {
  const text = textOf(cell);
  const complain = (message: string) => problems.push({ line, column: column?.name ?? null, message });
  if (excelErrors.includes(text)) complain(`shows ${text}: a formula failed there`);
  if (column === undefined || typeof cell !== "number") return text;
  if (column.kind === "date") return dateOfSerial(cell) ?? text;
  if (column.kind === "digits" && !column.lengths.includes(text.length))
    complain(
      `${text} is kept as a number, which drops zeros in front: make the column text and write ${lengthsText(column)}`,
    );
  return text;
}

function lengthsText({ lengths }: SheetColumn): string {
  return `all ${lengths.join(" or ")} digits`;
}

/** Whole days from 1954 to 2119, which is no other number that anybody would write as a date. */
function dateOfSerial(serial: number): string | null {
  if (!Number.isInteger(serial) || serial < 20_000 || serial > 80_000) return null;
  return new Date((serial - epochDays) * dayMs).toISOString().slice(0, 10);
}
