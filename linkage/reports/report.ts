/*
 * What a report says, before it has any form. One description feeds the document, the workbook, the table and the page, so that
 * no number can stand in one and not in another.
 */

export type ReportLanguage = "vi" | "en";

/** A part of a whole, 0 to 1; written in percent. `target` keeps rounding from reaching what was not reached. */
export interface Share {
  readonly share: number;
  readonly target?: number;
}

/** Null where there is nothing to say. */
export type ReportCell = string | number | Share | null;

export interface ReportColumn {
  /** Latin name, for the CSV's header. */
  readonly id: string;
  readonly heading: string;
  /** Of the table's width, in millimetres on a printed page. */
  readonly widthMm: number;
  readonly align: "left" | "center" | "right";
}

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** What stands there when there is no row. */
  readonly empty: string;
}

/** Percentages side by side, one group of bars a category. */
export interface ReportChart {
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** Percent; null where there is none. */
    readonly values: readonly (number | null)[];
    /** Six hexadecimal digits. */
    readonly colour: string;
  }[];
}

export interface ReportSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly table?: ReportTable;
  readonly chart?: ReportChart;
}

/** Too long for a printed page: only in the workbook and as CSV. */
export interface ReportAnnex extends ReportTable {
  readonly printed: boolean;
}

/** The head of an administrative document (Nghị định 30/2020/NĐ-CP, appendix I). */
export interface Letterhead {
  readonly agencyAbove: string;
  readonly agency: string;
  readonly state: string;
  readonly motto: string;
  /** With room left where nobody gave a number or a day yet. */
  readonly number: string;
  readonly placeAndDate: string;
  /** `DỰ THẢO`; null once two people stand for the figures. */
  readonly draft: string | null;
}

export interface Report {
  readonly language: ReportLanguage;
  readonly letterhead: Letterhead;
  readonly kind: string;
  readonly subject: string;
  readonly opening: readonly string[];
  readonly sections: readonly ReportSection[];
  readonly closing: readonly string[];
  readonly recipientsHeading: string;
  readonly recipients: readonly string[];
  readonly signature: {
    /** `KT. GIÁM ĐỐC` above `PHÓ GIÁM ĐỐC`; null when the head signs. */
    readonly onBehalfOf: string | null;
    readonly title: string;
    readonly name: string | null;
  };
  readonly annexHeading: string;
  readonly annexes: readonly ReportAnnex[];
  /** Which document the annexes go with. */
  readonly annexOf: string;
  /** Rule, fingerprint and snapshot: stands under every table. */
  readonly source: string;
  /** The same for machines: a column of every CSV row. */
  readonly provenance: { readonly rule: string; readonly snapshot: string; readonly sha256: string };
}

/** `83,3 %`; more places where rounding would reach the target though the count did not. */
export function shareText({ share, target }: Share, language: ReportLanguage): string {
  for (let places = 1; ; places += 1) {
    const text = (share * 100).toFixed(places);
    if (places < 4 && target !== undefined && share < target && Number(text) >= target * 100) continue;
    // A space that does not break keeps figure and sign on one line.
    return `${language === "vi" ? text.replace(".", ",") : text}\u00a0%`;
  }
}

/** As a person reads a cell; nothing is a dash. */
export function cellText(cell: ReportCell, language: ReportLanguage): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return cell.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
  return shareText(cell, language);
}
