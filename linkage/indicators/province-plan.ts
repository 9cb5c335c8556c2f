import type { Sentence } from "../evidence/sentence.ts";
import type { ReportCalendar } from "../periods/report-period.ts";

/** What can be counted. Where a plan's words can be read two ways, both readings are indicators of their own. */
export const indicatorIds = [
  "communes-in-linkage",
  "communes-with-cooperative",
  "districts-with-model",
  "zone-models-iot",
  "zone-models-digital",
  "key-product-zone-models-iot",
  "key-product-zone-models-digital",
  "communes-with-service-and-feedback",
] as const;
export type IndicatorId = (typeof indicatorIds)[number];

/** What is counted without a denominator: so many of them. */
export const amountIds = ["smart-villages", "smart-communes"] as const;
export type AmountId = (typeof amountIds)[number];

export interface AmountTarget {
  readonly indicator: AmountId;
  /** Number in the programme's list of indicators. */
  readonly number: 13 | 14;
  /** The plan's own words, letter by letter. */
  readonly wording: string;
  /** At least so many; null where the plan names the thing and no figure. */
  readonly least: number | null;
}

export interface Target {
  readonly indicator: IndicatorId;
  /** Number in the programme's list of indicators: 9, 10, 11 or 12. */
  readonly number: 9 | 10 | 11 | 12;
  /** False for the other reading of the same words, which is told beside the one that the province picked. */
  readonly picked: boolean;
  /** The plan's own words, letter by letter. */
  readonly wording: string;
  readonly percent: number;
  /** `gt` where the plan says "trên", more than. */
  readonly operator: "gte" | "gt";
  /** Which kinds of communes are counted; of districts, the names' beginnings. Models have none. */
  readonly unitKinds: readonly string[];
}

/** What one province set itself. Adding a province is adding a file like this one. */
export interface ProvincePlan {
  readonly id: string;
  readonly name: string;
  /** Of the General Statistics Office, until 30 June 2025. */
  readonly codeBefore: string;
  /** Since then: of the province in which its land lies. */
  readonly codeSince: string;
  readonly document: string;
  readonly office: Office;
  /** Days by which the department closes its figures and owes its report. */
  readonly calendar: ReportCalendar;
  /** What a reader of a report must know of this plan; empty when nothing. */
  readonly notes: readonly Sentence[];
  readonly targets: readonly Target[];
  /** Targets that are so many things, and no share of any. */
  readonly amounts: readonly AmountTarget[];
}

/** Who reports: the names that stand on its paper. */
export interface Office {
  /** `UBND tỉnh Hà Tĩnh`. */
  readonly committee: string;
  /** `Sở Nông nghiệp và Môi trường`, since 1 March 2025 (Nghị quyết 176/2025/QH15). */
  readonly department: string;
  /** Of the department, in a paper's number: `SNNMT`. */
  readonly symbol: string;
  /** Where papers are dated. */
  readonly place: string;
}
