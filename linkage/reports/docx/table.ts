import { BorderStyle, Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from "docx";
import { cellText, type ReportLanguage, type ReportTable } from "../report.ts";
import { size, twips } from "./paper.ts";
import { paragraph } from "./paragraphs.ts";

const none = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;
export const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
} as const;

/** A table with a head that comes again on every page; rows are not torn over two pages. */
export function tableOf(table: ReportTable, widthMm: number, language: ReportLanguage): Table {
  const sum = table.columns.reduce((all, column) => all + column.widthMm, 0);
  const widths = table.columns.map((column) => twips((column.widthMm / sum) * widthMm));
  const cell = (text: string, column: number, bold: boolean, align: "left" | "center" | "right") =>
    new TableCell({
      width: { size: widths[column]!, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: twips(1), right: twips(1), top: twips(0.5), bottom: twips(0.5) },
      children: [paragraph(text, { size: size.table, bold, align })],
    });
  const head = table.columns.map(({ heading }, i) => cell(heading, i, true, "center"));
  const rows = table.rows.map((row) =>
    row.map((value, i) => cell(cellText(value, language), i, false, table.columns[i]!.align)),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(widthMm), type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: head }),
      ...rows.map((children) => new TableRow({ cantSplit: true, children })),
    ],
  });
}
