import writeExcelFile, { type Cell, type Row, type Sheet } from "write-excel-file/node";
import { cellText, type Report, type ReportCell, type ReportColumn, type ReportTable } from "../report.ts";

/** The workbook: the report's tables first, then each annex on a sheet of its own; numbers are numbers, codes are text. */
export async function writeXlsx(report: Report): Promise<Uint8Array> {
  const tables = [
    ...report.sections.flatMap(({ heading, table }) =>
      table === undefined ? [] : [{ name: heading, table }],
    ),
    ...report.annexes.map((table) => ({ name: table.title, table })),
  ];
  const names = sheetNames(tables.map(({ name }) => name));
  const sheets = tables.map(({ table }, i) => sheetOf(names[i]!, table, report));
  const buffer = await writeExcelFile(sheets, { fontFamily: "Times New Roman", fontSize: 12 }).toBuffer();
  return new Uint8Array(buffer);
}

/** At most 31 characters, without : \ / ? * [ ], and no name twice: else Excel calls the file damaged. */
function sheetNames(headings: readonly string[]): string[] {
  const short = headings.map((heading) =>
    heading
      .replace(/[:\\/?*[\]]/g, " ")
      .slice(0, 31)
      .trim(),
  );
  return short.map((name, i) => (short.indexOf(name) === i ? name : `${name.slice(0, 28)} ${i + 1}`));
}

function sheetOf(name: string, table: ReportTable, report: Report): Sheet<Buffer> {
  const span = table.columns.length;
  const across = (value: string, style: object = {}): Row => [
    { value, columnSpan: span, wrap: true, ...style },
    ...Array.from({ length: span - 1 }, () => null),
  ];
  const head: Row[] = [
    across(`${report.letterhead.agencyAbove} · ${report.letterhead.agency}`),
    across(table.title, { fontWeight: "bold", fontSize: 14 }),
    across(report.subject),
    across(report.source, { fontStyle: "italic" }),
  ];
  const widths = table.columns.map(({ widthMm }) => Math.max(8, Math.round(widthMm / 2)));
  const headings = table.columns.map(({ heading }) => heading);
  const border = { borderStyle: "thin", borderColor: "#000000" } as const;
  const columnHeads: Row = table.columns.map(({ heading }) => ({
    value: heading,
    fontWeight: "bold",
    align: "center",
    alignVertical: "center",
    wrap: true,
    backgroundColor: "#E8F5E9",
    height: heightOf(headings, widths),
    ...border,
  }));
  const rows = table.rows.map((row): Row => {
    const height = heightOf(
      row.map((cell) => cellText(cell, report.language)),
      widths,
    );
    return row.map((cell, i) => ({ ...cellOf(cell, table.columns[i]!), ...border, height }));
  });
  const data = [...head, columnHeads, ...(rows.length === 0 ? [across(table.empty)] : rows)];
  return {
    sheet: name,
    data,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: head.length + 1,
    orientation: "landscape",
  };
}

/** In points: rows grow with their text only where a height is given. A line of 12 points takes 16. */
function heightOf(texts: readonly string[], widths: readonly number[]): number {
  const lines = texts.map((text, i) => Math.ceil((text.length * 1.05) / widths[i]!));
  return 16 * Math.max(1, ...lines) + 2;
}

function cellOf(cell: ReportCell, { align }: ReportColumn): Cell & object {
  const style = { align, alignVertical: "center", wrap: true } as const;
  if (cell === null) return { value: "–", ...style };
  if (typeof cell === "number") return { value: cell, format: "#,##0", ...style };
  if (typeof cell === "object") return { value: cell.share, format: "0.0%", ...style };
  // As text, so that Excel takes no commune's code for a number and no wording for a formula.
  return { value: cell, type: String, format: "@", ...style };
}
