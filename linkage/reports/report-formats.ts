import { writeCsv } from "./csv/write-csv.ts";
import { writeHtml } from "./html/write-html.ts";
import type { Report } from "./report.ts";

export interface ReportForm {
  readonly mediaType: string;
  write(report: Report): Promise<Uint8Array> | Uint8Array;
}

/**
 * The forms that one description is given, by the ending of the file's name. The libraries of documents come when the first is
 * written: they take 10 MB.
 */
export const reportForms = {
  docx: {
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write: async (report) => (await import("./docx/write-docx.ts")).writeDocx(report),
  },
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write: async (report) => (await import("./xlsx/write-xlsx.ts")).writeXlsx(report),
  },
  csv: { mediaType: "text/csv; charset=utf-8", write: (report) => writeCsv(report) },
  html: { mediaType: "text/html; charset=utf-8", write: writeHtml },
} as const satisfies Record<string, ReportForm>;
export type ReportFormat = keyof typeof reportForms;
