import { type CellValue, readSheet } from "read-excel-file/node";
import { dayMs } from "../../calendar/index.ts";
import { type ReadTable, type TableLine, type TableProblem, tableOf } from "../../csv/index.ts";
import type { Sentence } from "../evidence/sentence.ts";
import type { SheetColumn } from "./sheet-column.ts";

/** Lines above the header: a title, the agency's name. */
const mostTitleRows = 10;
/** What Excel shows where a formula failed. */
const excelErrors = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"];
/** Days from Excel's day 0 (30 December 1899) to 1970. */
const epochDays = 25_569;

/**
 * Reads the first sheet of a workbook: numbers and dates may be typed as such or as text, also a date that only shows as its
 * serial number. The row that names the first of the columns that must be there is the header. A code of which the workbook made a number, dropping zeros, is a problem with its row and column.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  columns: readonly SheetColumn[],
  required: readonly string[],
): Promise<ReadTable> {
  const shape = { columns: columns.map(({ name }) => name), required };
  const sheet = await sheetIn(bytes);
  if ("problem" in sheet) return { rows: [], problems: [sheet.problem], decimalComma: true };
  const headerAt = headerRow(sheet.rows, required[0] ?? "");
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
    const why = (error as Error).message;
    const message = {
      vi: `không đọc được tệp bảng tính (${why}): lưu lại dạng .xlsx, không đặt mật khẩu`,
      en: `is no workbook that can be read (${why}); save it as .xlsx, without a password`,
    };
    return { problem: { line: 1, column: null, message } };
  }
}

/** The first of the first rows that names this column; else the first row, whose faults are then told. */
function headerRow(rows: SheetRows, column: string): number {
  const found = rows
    .slice(0, mostTitleRows)
    .findIndex((row) => row.some((cell) => textOf(cell).toLowerCase() === column));
  return Math.max(0, found);
}

/** Merged cells leave all but the first of them empty. */
function headerHoles(header: SheetRows[number], line: number): TableProblem[] {
  const last = header.findLastIndex((cell) => textOf(cell) !== "");
  return header.slice(0, last + 1).flatMap((cell, i) => {
    if (textOf(cell) !== "") return [];
    const message = {
      vi: `cột ${letterOf(i)} không có tên ở dòng đầu: bỏ gộp ô, mỗi cột một tên`,
      en: `column ${letterOf(i)} has no name in the header: take merged cells apart, one name a column`,
    };
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
  const complain = (message: Sentence) => problems.push({ line, column: column?.name ?? null, message });
  if (excelErrors.includes(text))
    complain({
      vi: `hiện ${text}: công thức ở ô này bị lỗi, hãy ghi giá trị`,
      en: `shows ${text}: a formula failed there; write the value`,
    });
  if (column === undefined || typeof cell !== "number") return text;
  if (column.kind === "date") return dateOfSerial(cell) ?? text;
  if (column.kind === "digits" && !column.lengths.includes(text.length)) complain(zerosDropped(text, column));
  return text;
}

function zerosDropped(text: string, { lengths }: SheetColumn): Sentence {
  return {
    vi: `${text} được lưu dạng số nên mất số 0 ở đầu: đổi cột sang dạng chữ (Text) và ghi đủ ${lengths.join(" hoặc ")} chữ số`,
    en: `${text} is kept as a number, which drops zeros in front: make the column text and write all ${lengths.join(" or ")} digits`,
  };
}

/** Whole days from 1954 to 2119, which is no other number that anybody would write as a date. */
function dateOfSerial(serial: number): string | null {
  if (!Number.isInteger(serial) || serial < 20_000 || serial > 80_000) return null;
  return new Date((serial - epochDays) * dayMs).toISOString().slice(0, 10);
}
