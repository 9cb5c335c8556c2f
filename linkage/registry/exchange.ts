import { type ReadTable, readTable, type TableProblem, type TableRow, writeTable } from "../../csv/index.ts";
import type { Sentence } from "../evidence/sentence.ts";
import type { SheetColumn } from "../workbook/sheet-column.ts";
import type { Edit, Register } from "./open-register.ts";
import { CellError, type RecordColumn, recordColumns } from "./record-columns.ts";
import type { RecordKind, RecordOf } from "./record-kinds.ts";
import type { RecordProblem } from "./record-problems.ts";
import { RegisterError } from "./register-error.ts";
import { requiredColumns } from "./required-columns.ts";
import { oddPlantingCodes } from "./zone.ts";

export interface ImportReport {
  /** False when anything was wrong; then nothing of the table was kept. */
  readonly ok: boolean;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly problems: readonly TableProblem[];
  /** Kept all the same, but worth a look. */
  readonly warnings: readonly TableProblem[];
}

/** Everything of one kind as CSV, in the columns that `importRecords` reads. */
export function exportRecords<K extends RecordKind>(kind: K, records: readonly RecordOf[K][]): string {
  return writeTable(
    recordColumns[kind].map(({ name }) => name),
    cellsOf(kind, records),
  );
}

/** The same as a workbook (.xlsx), with dates as dates and codes as text. */
export async function exportWorkbook<K extends RecordKind>(
  kind: K,
  records: readonly RecordOf[K][],
): Promise<Uint8Array> {
  const { writeWorkbook } = await import("../workbook/write-workbook.ts");
  return writeWorkbook(kind, sheetColumns(kind), cellsOf(kind, records));
}

function cellsOf(kind: RecordKind, records: readonly object[]): Readonly<Record<string, string>>[] {
  return records.map((record) =>
    Object.fromEntries(recordColumns[kind].map((column) => [column.name, written(record, column)])),
  );
}

function sheetColumns(kind: RecordKind): readonly SheetColumn[] {
  return recordColumns[kind].map(({ name, cell }) => ({
    name,
    kind: cell.kind ?? "text",
    lengths: cell.lengths ?? [],
  }));
}

function written(record: object, { path, cell }: RecordColumn): string {
  let value: unknown = record;
  for (const field of path) value = (value as Record<string, unknown> | null | undefined)?.[field];
  return value === null || value === undefined ? "" : cell.write(value);
}

/** Takes a whole table into the register, or nothing of it; then every problem of every row is told. */
export function importRecords(register: Register, kind: RecordKind, csv: string, edit: Edit): ImportReport {
  const columns = recordColumns[kind].map(({ name }) => name);
  return importTable(register, kind, readTable(csv, { columns, required: requiredColumns(kind) }), edit);
}

/** The same of a workbook's first sheet; rows are counted as the workbook counts them. */
export async function importWorkbook(
  register: Register,
  kind: RecordKind,
  bytes: Uint8Array,
  edit: Edit,
): Promise<ImportReport> {
  const { readWorkbook } = await import("../workbook/read-workbook.ts");
  const table = await readWorkbook(bytes, sheetColumns(kind), requiredColumns(kind));
  return importTable(register, kind, table, edit);
}

function importTable(register: Register, kind: RecordKind, table: ReadTable, edit: Edit): ImportReport {
  const columns = recordColumns[kind];
  const problems = [...table.problems];
  const warnings: TableProblem[] = [];
  const done = { added: 0, changed: 0, unchanged: 0 };
  const lineOf = new Map<string, number>();
  const refused = new Error("nothing is kept");
  try {
    register.atomically(() => {
      for (const row of table.rows) {
        const value = readRow(row, columns, table.decimalComma, problems);
        problems.push(...repeated(row, lineOf));
        if (value === undefined) continue;
        const outcome = keep(register, kind, value, edit);
        if (typeof outcome === "string") done[outcome] += 1;
        else problems.push(...outcome.map((problem) => placed(problem, row.line, columns)));
        warnings.push(...oddities(register, kind, row));
      }
      if (problems.length > 0) throw refused;
    });
  } catch (error) {
    if (error !== refused) throw error;
    const inOrder = problems.toSorted((a, b) => a.line - b.line);
    return { ok: false, added: 0, changed: 0, unchanged: 0, problems: inOrder, warnings };
  }
  return { ok: true, ...done, problems: [], warnings };
}

function keep(register: Register, kind: RecordKind, value: object, edit: Edit) {
  try {
    return register.put(kind, value, edit);
  } catch (error) {
    if (error instanceof RegisterError) return error.problems;
    throw error;
  }
}

/** The record of a row, or undefined when a cell could not be read. */
function readRow(
  { line, cells }: TableRow,
  columns: readonly RecordColumn[],
  decimalComma: boolean,
  problems: TableProblem[],
): object | undefined {
  const record: Record<string, unknown> = {};
  let whole = true;
  for (const { name, path, cell } of columns) {
    const found = cells[name];
    if (found === undefined) continue;
    try {
      put(record, path, cell.read(found, decimalComma));
    } catch (error) {
      whole = false;
      if (!(error instanceof CellError)) throw error;
      problems.push({ line, column: name, message: error.told });
    }
  }
  return whole ? record : undefined;
}

function put(record: Record<string, unknown>, [field, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    record[field!] = value;
    return;
  }
  record[field!] ??= {};
  put(record[field!] as Record<string, unknown>, rest, value);
}

function placed(
  { path, message }: RecordProblem,
  line: number,
  columns: readonly RecordColumn[],
): TableProblem {
  const fits = ({ path: of }: RecordColumn) =>
    of.every((field, i) => path[i] === undefined || path[i] === field);
  const column = path.length === 0 ? undefined : columns.find(fits);
  return {
    line,
    column: column?.name ?? null,
    message: withItem(message, path.slice(column?.path.length ?? 0)),
  };
}

/** Which of several things in one cell is meant, and what of it. */
function withItem(message: Sentence, [item, ...parts]: RecordProblem["path"]): Sentence {
  if (typeof item !== "number") return message;
  const of = parts.filter((part) => typeof part === "string").map((part) => `, ${part}`);
  return {
    vi: `mục thứ ${item + 1}${of.join("")}: ${message.vi}`,
    en: `item ${item + 1}${of.join("")}: ${message.en}`,
  };
}

function repeated({ line, cells }: TableRow, lineOf: Map<string, number>): TableProblem[] {
  const id = cells.id ?? "";
  const earlier = lineOf.get(id);
  if (earlier === undefined) {
    lineOf.set(id, line);
    return [];
  }
  const message = {
    vi: `"${id}" đã có ở dòng ${earlier}: mỗi mã chỉ một dòng`,
    en: `"${id}" stands on line ${earlier} already: one line for each id`,
  };
  return [{ line, column: "id", message }];
}

function oddities(register: Register, kind: RecordKind, { line, cells }: TableRow): TableProblem[] {
  const zone = kind === "zone" && cells.id !== undefined ? register.get("zone", cells.id) : undefined;
  return (zone === undefined ? [] : oddPlantingCodes(zone)).map((code) => ({
    line,
    column: "planting_codes",
    message: {
      vi: `"${code}" không giống mã vùng trồng thường gặp (ví dụ VN-42-446-18685-01-24); vẫn được nhận`,
      en: `"${code}" has not the usual shape of a planting-area code (such as VN-42-446-18685-01-24); it was kept`,
    },
  }));
}
