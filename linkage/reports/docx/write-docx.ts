import {
  AlignmentType,
  Document,
  type FileChild,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
} from "docx";
import type { Report, ReportAnnex, ReportSection } from "../report.ts";
import { chartParagraph } from "./chart.ts";
import { letterheadTable, signatureTable } from "./letterhead.ts";
import { a4Mm, font, marginMm, size, textWidthMm, twips } from "./paper.ts";
import { bodyText, paragraph, rule } from "./paragraphs.ts";
import { tableOf } from "./table.ts";

/** The report as an administrative document (Nghị định 30/2020/NĐ-CP, appendix I): the annexes lie on pages of their own. */
export async function writeDocx(report: Report): Promise<Uint8Array> {
  const printed = report.annexes.filter((annex) => annex.printed);
  const document = new Document({
    title: `${report.kind}: ${report.subject}`,
    description: report.source,
    creator: report.letterhead.agency,
    styles: { default: { document: { run: { font, size: size.body } } } },
    sections: [
      { ...page(report, "upright"), children: body(report) },
      ...printed.map((annex, i) => ({
        ...page(report, "lying"),
        children: annexBody(report, annex, romanOf(i)),
      })),
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function romanOf(index: number): string {
  return ["I", "II", "III", "IV", "V"][index] ?? String(index + 1);
}

/** The number stands in the middle above, and not on a first page; each annex counts its own pages. */
function page({ source }: Report, way: "upright" | "lying"): Omit<ISectionOptions, "children"> {
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font, size: size.head })],
  });
  const foot = () =>
    new Footer({ children: [paragraph(source, { size: size.small, italics: true, align: "center" })] });
  const lying = way === "lying";
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: true,
      page: {
        size: {
          width: twips(a4Mm.width),
          height: twips(a4Mm.height),
          orientation: lying ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(lying ? marginMm.left : marginMm.top),
          bottom: twips(lying ? marginMm.right : marginMm.bottom),
          left: twips(lying ? 20 : marginMm.left),
          right: twips(lying ? 20 : marginMm.right),
          header: twips(10),
          footer: twips(8),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
    footers: { default: foot(), first: foot() },
  };
}

function body(report: Report): FileChild[] {
  const title = { size: size.body, bold: true, align: "center" } as const;
  return [
    letterheadTable(report.letterhead),
    paragraph(report.kind, { ...title, before: 18 }),
    paragraph(report.subject, title),
    rule(textWidthMm.upright / 3),
    paragraph("", { size: size.table }),
    ...report.opening.map(bodyText),
    ...report.sections.flatMap((section, i) => sectionBody(section, i + 1, report)),
    ...report.closing.map(bodyText),
    paragraph("", { size: size.table }),
    signatureTable(report),
  ];
}

function sectionBody(section: ReportSection, number: number, report: Report): FileChild[] {
  const { heading, paragraphs, table, chart } = section;
  const widthMm = textWidthMm.upright;
  return [
    paragraph(`${number}. ${heading}`, { bold: true, before: 6, after: 6, indentMm: 10, keepNext: true }),
    ...paragraphs.map(bodyText),
    ...(table === undefined ? [] : tableBlock(report, table, widthMm)),
    ...(chart === undefined ? [] : [chartParagraph(chart), sourceLine(report)]),
  ];
}

function tableBlock(
  report: Report,
  table: ReportAnnex | NonNullable<ReportSection["table"]>,
  widthMm: number,
) {
  const caption = paragraph(table.title, {
    size: size.head,
    bold: true,
    align: "center",
    before: 6,
    after: 3,
    keepNext: true,
  });
  if (table.rows.length === 0) return [caption, paragraph(table.empty, { align: "center", after: 6 })];
  return [caption, tableOf(table, widthMm, report.language), sourceLine(report)];
}

function sourceLine({ source }: Report): Paragraph {
  return paragraph(source, { size: size.small, italics: true, after: 8 });
}

function annexBody(report: Report, annex: ReportAnnex, roman: string): FileChild[] {
  const centre = { size: size.body, align: "center" } as const;
  return [
    paragraph(`${report.annexHeading} ${roman}`, { ...centre, bold: true }),
    paragraph(annex.title.toLocaleUpperCase("vi"), { ...centre, bold: true }),
    paragraph(report.annexOf, { ...centre, italics: true, after: 6 }),
    ...(annex.rows.length === 0
      ? [paragraph(annex.empty, centre)]
      : [tableOf(annex, textWidthMm.lying, report.language), sourceLine(report)]),
  ];
}
