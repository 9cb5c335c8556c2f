import type { Office, Target } from "./province-plan.ts";

/*
 * What the plans have in common: the same things are counted, each by the plan's own words, figure and operator.
 */

interface Words {
  /** The plan's own words, letter by letter. */
  readonly wording: string;
  readonly percent?: number;
  readonly operator?: Target["operator"];
}

/** Both ways to read indicator 9: communes that have a cooperative, and those whose cooperative takes part in a linkage model. */
export function bothCommunes(
  words: Words & { readonly picked: "communes-in-linkage" | "communes-with-cooperative" },
): readonly Target[] {
  const { picked, wording, percent = 70, operator = "gte" } = words;
  const other = picked === "communes-in-linkage" ? "communes-with-cooperative" : "communes-in-linkage";
  const shared = { number: 9, wording, percent, operator, unitKinds: ["xã"] } as const;
  return [
    { ...shared, indicator: picked, picked: true },
    { ...shared, indicator: other, picked: false },
  ];
}

/** Indicator 10. */
export function districts(words: Words & { readonly unitKinds?: readonly string[] }): Target {
  const { wording, percent = 70, operator = "gte", unitKinds = ["huyện", "thành phố", "thị xã"] } = words;
  return {
    indicator: "districts-with-model",
    number: 10,
    picked: true,
    wording,
    percent,
    operator,
    unitKinds,
  };
}

/** Both ways to read indicator 11: by telemetry alone, and by any proof. The province picks by its rule; both are shown. */
export function bothEvidences(
  words: Words & { readonly picked?: boolean; readonly of?: "zone-models" | "key-product-zone-models" },
): readonly Target[] {
  const { of = "zone-models", picked = true, wording, percent = 50, operator = "gte" } = words;
  const shared = { number: 11, picked, wording, percent, operator, unitKinds: [] } as const;
  return [
    { ...shared, indicator: `${of}-iot` },
    { ...shared, indicator: `${of}-digital` },
  ];
}

/** Indicator 12. Its districts ended with June 2025: communes are counted. */
export function serviceAndFeedback({ wording, percent = 40, operator = "gte" }: Words): Target {
  const indicator = "communes-with-service-and-feedback";
  return { indicator, number: 12, picked: true, wording, percent, operator, unitKinds: ["xã"] };
}

/** @param province with its kind, as it is today: `tỉnh Hà Tĩnh`, `thành phố Huế` */
export function officeIn(province: string): Office {
  return {
    committee: `UBND ${province}`,
    department: "Sở Nông nghiệp và Môi trường",
    symbol: "SNNMT",
    place: province.replace(/^(tỉnh|thành phố) /i, ""),
  };
}
