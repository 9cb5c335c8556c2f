import { AlignmentType, BorderStyle, Paragraph, TextRun } from "docx";
import { font, size, twips } from "./paper.ts";

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly align?: "left" | "center" | "right" | "justify";
  /** In points. */
  readonly before?: number;
  readonly after?: number;
  /** Of the first line. */
  readonly indentMm?: number;
  readonly keepNext?: boolean;
}

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const;

export function run(text: string, { size: of = size.body, bold = false, italics = false }: TextStyle = {}) {
  return new TextRun({ text, font, size: of, bold, italics });
}

export function paragraph(text: string, style: TextStyle = {}): Paragraph {
  const { align = "left", before = 0, after = 0, indentMm = 0, keepNext = false } = style;
  return new Paragraph({
    alignment: alignments[align],
    spacing: { before: before * 20, after: after * 20 },
    indent: { firstLine: twips(indentMm) },
    keepNext,
    children: [run(text, style)],
  });
}

/** Body text: justified, first line 10 mm in, 6 points between paragraphs. */
export function bodyText(text: string): Paragraph {
  return paragraph(text, { align: "justify", after: 6, indentMm: 10 });
}

/** A thin line, as it stands under an agency, the motto and a title; drawn as a border, as the decree forbids underlining. */
export function rule(insetMm: number): Paragraph {
  return new Paragraph({
    spacing: { before: 20, after: 0, line: 60, lineRule: "exact" },
    indent: { left: twips(insetMm), right: twips(insetMm) },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: "000000", space: 1 } },
    children: [],
  });
}
