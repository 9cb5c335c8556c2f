/*
 * Measures of administrative documents, Nghị định 30/2020/NĐ-CP, appendix I, part I: A4, Times New Roman, 20 mm above and below,
 * 30 mm at the binding edge and 15 mm at the other; sizes in half points, lengths in twentieths of a point.
 */

export const font = "Times New Roman";

/** Half points: body 14, headings of the paper 13, recipients' list 11. */
export const size = { body: 28, head: 26, table: 22, note: 22, small: 20, recipients: 22 } as const;

export function twips(millimetres: number): number {
  return Math.round((millimetres / 25.4) * 1440);
}

export const a4Mm = { width: 210, height: 297 } as const;
export const marginMm = { top: 20, bottom: 20, left: 30, right: 15 } as const;

/** What is left for text; lying pages have 20 mm at both sides. */
export const textWidthMm = {
  upright: a4Mm.width - marginMm.left - marginMm.right,
  lying: a4Mm.height - 40,
} as const;
