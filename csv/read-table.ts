import { CsvError, parse } from "csv-parse/sync";

export interface TableProblem {
  /** As an editor counts them: the header is line 1. */
  readonly line: number;
  readonly column: string | null;
  /** What is wrong, and what would be right. */
  readonly message: { readonly vi: string; readonly en: string };
}

export interface TableRow {
  readonly line: number;
  /** By column; an empty cell is not there. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface ReadTable {
  readonly rows: readonly TableRow[];
  /** What could not be read: the rows are then not whole. */
  readonly problems: readonly TableProblem[];
  /** Excel in Viet Nam separates by `;` and writes 1,5 for one and a half. */
  readonly decimalComma: boolean;
}

export interface TableShape {
  readonly columns: readonly string[];
  readonly required: readonly string[];
}

export interface TableLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table with a header: CSV, or with `;` or tabs between, as spreadsheets write it. Text is composed (NFC), and
 * every problem of the header and of the rows' lengths is told at once.
 */
export function readTable(text: string, shape: TableShape): ReadTable {
  const delimiter = delimiterOf(text);
  const decimalComma = delimiter !== ",";
  const { lines, problems } = readLines(text, delimiter);
  return problems.length > 0
    ? { rows: [], problems, decimalComma }
    : { ...tableOf(lines, shape), decimalComma };
}

/** Cells in lines, the header first, against the columns that are known. */
export function tableOf(lines: readonly TableLine[], shape: TableShape): Omit<ReadTable, "decimalComma"> {
  const [header, ...rest] = lines;
  if (header === undefined) {
    const columns = shape.columns.join(", ");
    const message = {
      vi: `bảng trống; dòng đầu phải ghi tên cột: ${columns}`,
      en: `the table is empty; its first line names ${columns}`,
    };
    return { rows: [], problems: [{ line: 1, column: null, message }] };
  }
  const names = header.cells.map((name) => name.toLowerCase());
  const wrong = headerProblems(header.line, names, shape);
  if (wrong.length > 0) return { rows: [], problems: wrong };
  return {
    rows: rest.map(({ line, cells }) => ({ line, cells: named(names, cells) })),
    problems: rest.flatMap((row) => tooLong(row, names.length)),
  };
}

/** The one of which the header, which has no other punctuation, has most. */
function delimiterOf(text: string): string {
  const header = /^.*/.exec(text.trimStart())![0];
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function readLines(text: string, delimiter: string): { lines: TableLine[]; problems: TableProblem[] } {
  try {
    const options = { delimiter, bom: true, trim: true, relax_column_count: true, info: true };
    const parsed = parse(text.normalize("NFC"), options) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    const lines = parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
    // Excel writes rows of nothing but separators below the table.
    return { lines: lines.filter(({ cells }) => cells.some((cell) => cell !== "")), problems: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      lines: [],
      problems: [{ line: Number(error.lines ?? 1), column: null, message: quotesDoNotMatch }],
    };
  }
}

/** All that a reader of lines that may have any length can find wrong. */
const quotesDoNotMatch = {
  vi: 'dấu ngoặc kép không khớp: ô đã mở ngoặc kép thì phải đóng, và ngoặc kép bên trong viết hai lần ("")',
  en: 'the quotes do not match: a cell that begins with one must end with one, and a quote within is written twice ("")',
};

function headerProblems(line: number, names: readonly string[], shape: TableShape): TableProblem[] {
  const unknown = names.filter((name) => !shape.columns.includes(name));
  const twice = names.filter((name, i) => names.indexOf(name) !== i && !unknown.includes(name));
  const missing = shape.required.filter((name) => !names.includes(name));
  const known = shape.columns.join(", ");
  return [
    ...unknown.map((name) => ({
      line,
      column: null,
      message: {
        vi: `không có cột "${name}"; các cột được nhận: ${known}`,
        en: `unknown column "${name}"; known are ${known}`,
      },
    })),
    ...twice.map((column) => ({
      ...{ line, column },
      message: { vi: "cột này có hai lần: bỏ bớt một", en: "the column is there twice: leave one out" },
    })),
    ...missing.map((column) => ({
      ...{ line, column },
      message: { vi: "thiếu cột này, phải có", en: "the column is missing, and must be there" },
    })),
  ];
}

function named(names: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name, i) => (cells[i] ? [[name, cells[i]]] : [])));
}

function tooLong({ line, cells }: TableLine, columns: number): TableProblem[] {
  if (cells.slice(columns).every((cell) => cell === "")) return [];
  const message = {
    vi: `có ${cells.length} ô, dòng đầu chỉ có ${columns}: ô chứa dấu phân cách phải đặt trong ngoặc kép`,
    en: `has ${cells.length} cells, the header ${columns}: a cell that holds a separator must be quoted`,
  };
  return [{ line, column: null, message }];
}
