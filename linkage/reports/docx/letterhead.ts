import { Table, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType } from "docx";
import type { Letterhead, Report } from "../report.ts";
import { size, textWidthMm, twips } from "./paper.ts";
import { paragraph, rule, type TextStyle } from "./paragraphs.ts";
import { noBorders } from "./table.ts";

const leftMm = 67;
const rightMm = textWidthMm.upright - leftMm;

/** Agency on the left, state and motto on the right; below them number, and place and date. */
export function letterheadTable(head: Letterhead): Table {
  const head12: TextStyle = { size: 24, align: "center" };
  const draft =
    head.draft === null
      ? []
      : [paragraph(head.draft, { size: size.head, bold: true, align: "center", before: 6 })];
  return pair(
    [
      paragraph(head.agencyAbove, head12),
      paragraph(head.agency, { ...head12, bold: true }),
      rule(leftMm / 3),
      paragraph(head.number, { size: size.head, align: "center", before: 6 }),
      ...draft,
    ],
    [
      paragraph(head.state, { ...head12, bold: true }),
      paragraph(head.motto, { size: size.head, bold: true, align: "center" }),
      // As long as the motto: about 58 mm at 13 points.
      rule((rightMm - 58 - 4) / 2),
      paragraph(head.placeAndDate, { size: size.head, italics: true, align: "center", before: 6 }),
    ],
    leftMm,
  );
}

/** Recipients on the left, who signs on the right, with room for the seal. */
export function signatureTable({ recipientsHeading, recipients, signature }: Report): Table {
  const centre: TextStyle = { size: size.body, bold: true, align: "center" };
  const room = Array.from({ length: 4 }, () => paragraph("", { size: size.body }));
  return pair(
    [
      paragraph(recipientsHeading, { size: 24, bold: true, italics: true }),
      ...recipients.map((line) => paragraph(line, { size: size.recipients })),
    ],
    [
      ...(signature.onBehalfOf === null ? [] : [paragraph(signature.onBehalfOf, centre)]),
      paragraph(signature.title, centre),
      ...room,
      paragraph(signature.name ?? "", centre),
    ],
    textWidthMm.upright / 2,
  );
}

function pair(
  left: TableCell["options"]["children"],
  right: TableCell["options"]["children"],
  leftWidthMm: number,
) {
  const widths = [leftWidthMm, textWidthMm.upright - leftWidthMm];
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(textWidthMm.upright), type: WidthType.DXA },
    columnWidths: widths.map(twips),
    borders: noBorders,
    rows: [
      new TableRow({
        cantSplit: true,
        children: [left, right].map(
          (children, i) =>
            new TableCell({
              children,
              width: { size: twips(widths[i]!), type: WidthType.DXA },
              margins: { left: twips(1), right: twips(1) },
              verticalAlign: VerticalAlign.TOP,
            }),
        ),
      }),
    ],
  });
}
