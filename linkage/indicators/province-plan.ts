import type { Sentence } from "../evidence/sentence.ts";

/** What can be counted. Where a plan's words can be read two ways, both readings are indicators of their own. */
export const indicatorIds = [
  "communes-in-linkage",
  "communes-with-cooperative",
  "districts-with-model",
  "zone-models-iot",
  "zone-models-digital",
  "key-product-zone-models-iot",
  "key-product-zone-models-digital",
] as const;
export type IndicatorId = (typeof indicatorIds)[number];

export interface Target {
  readonly indicator: IndicatorId;
  /** Number in the programme's list of indicators: 9, 10 or 11. */
  readonly number: 9 | 10 | 11;
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
  /** What a reader of a report must know of this plan; empty when nothing. */
  readonly notes: readonly Sentence[];
  readonly targets: readonly Target[];
}

/** Both ways to read indicator 11: by telemetry alone, and by any proof. The province picks by its rule; both are shown. */
export function bothEvidences(
  target: Omit<Target, "indicator" | "number" | "operator" | "unitKinds" | "percent"> & {
    readonly of?: "zone-models" | "key-product-zone-models";
  },
): readonly Target[] {
  const { of = "zone-models", ...rest } = target;
  const shared = { ...rest, number: 11, operator: "gte", percent: 50, unitKinds: [] } as const;
  return [
    { ...shared, indicator: `${of}-iot` },
    { ...shared, indicator: `${of}-digital` },
  ];
}
