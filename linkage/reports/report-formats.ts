import { writeCsv } from "./csv/write-csv.ts";
import { writeDocx } from "./docx/write-docx.ts";
import { writeHtml } from "./html/write-html.ts";
import type { Report } from "./report.ts";
import { writeXlsx } from "./xlsx/write-xlsx.ts";

export interface ReportForm {
  readonly mediaType: string;
  write(report: Report): Promise<Uint8Array> | Uint8Array;
}

/** The forms that one description is given, by the ending of the file's name. */
export const reportForms = {
  docx: {
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write: writeDocx,
  },
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write: writeXlsx,
  },
  csv: { mediaType: "text/csv; charset=utf-8", write: (report) => writeCsv(report) },
  html: { mediaType: "text/html; charset=utf-8", write: writeHtml },
} as const satisfies Record<string, ReportForm>;
export type ReportFormat = keyof typeof reportForms;
