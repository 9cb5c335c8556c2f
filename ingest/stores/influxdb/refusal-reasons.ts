/** Why InfluxDB would not take a reading for good: the closed set that metrics count by. */
export const refusalReasons = [
  "type-conflict",
  "beyond-retention",
  "unreadable",
  "too-large",
  "other",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

const toldBy: readonly (readonly [RegExp, RefusalReason])[] = [
  [/type conflict/i, "type-conflict"],
  [/(beyond|outside) (the )?retention/i, "beyond-retention"],
  [/unable to parse|poorly formed/i, "unreadable"],
  [/too large/i, "too-large"],
];

/** By the words of 1.x and 2.x. */
export function refusalReasonOf(words: string): RefusalReason {
  return toldBy.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
}
