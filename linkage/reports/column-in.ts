import type { ReportColumn, ReportLanguage } from "./report.ts";

/** Columns of a table in this language: id, heading in Vietnamese and English, width in millimetres, alignment. */
export function columnIn(language: ReportLanguage) {
  return (
    id: string,
    vi: string,
    en: string,
    widthMm: number,
    align: ReportColumn["align"] = "center",
  ): ReportColumn => ({ id, heading: { vi, en }[language], widthMm, align });
}
