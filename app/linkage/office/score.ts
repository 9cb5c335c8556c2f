import {
  amountNames,
  type IndicatorResult,
  indicatorNames,
  type ProvincePlan,
  type SnapshotBody,
} from "../../../linkage/index.ts";
import type { LinkageScore, Result, Snapshot, TrendPoint } from "../../http/linkage-shapes.ts";
import type { Counted } from "./counts.ts";
import { shortfallOf } from "./shortfall.ts";

export function scoreOf(
  plan: ProvincePlan,
  counted: Counted,
  { indicators: results, amounts = [] }: Pick<SnapshotBody, "indicators" | "amounts">,
  snapshots: readonly Snapshot[],
): LinkageScore {
  const { period, closed, evidence, countedAtMs } = counted;
  const { id, name, document, notes } = plan;
  const having = (what: (verdict: (typeof evidence.verdicts)[number]) => boolean) =>
    evidence.verdicts.filter(what).length;
  return {
    plan: { id, name, document, notes: [...notes] },
    period: {
      name: period.name,
      from: period.from,
      to: period.to,
      dueBefore: period.dueBefore,
      closed,
      countedTo: evidence.period.to,
    },
    rule: evidence.rule,
    countedAtMs,
    models: {
      running: evidence.verdicts.length,
      zoneTied: having(({ zoneTied }) => zoneTied),
      iot: having(({ zoneTied, eligible, iot }) => zoneTied && eligible && iot === "yes"),
      digital: having(({ zoneTied, eligible, digital }) => zoneTied && eligible && digital === "yes"),
      attested: having(({ attested }) => attested.length > 0),
    },
    indicators: results.map((result) => ({
      ...resultRow(result),
      wording: result.wording,
      trend: trendOf(result.indicator, plan.id, snapshots),
    })),
    amounts: amounts.map(({ indicator, number, wording, amount, least, met }) => {
      return { indicator, number, name: amountNames[indicator], wording, amount, least, met };
    }),
    shortfall: shortfallOf(results, evidence.verdicts),
  };
}

export function resultRow(result: IndicatorResult): Result {
  const { indicator, number, picked, numerator, denominator, noData, sharePercent } = result;
  const { percent, operator, met, on } = result;
  const target = { indicator, number, picked, name: indicatorNames[indicator], percent, operator };
  return { ...target, numerator, denominator, noData, sharePercent, met, on };
}

/** Of each quarter's newest snapshot, oldest first: what was reported, not what would be counted today. */
function trendOf(indicator: string, plan: string, snapshots: readonly Snapshot[]): TrendPoint[] {
  return snapshots
    .filter((snapshot) => snapshot.plan === plan && snapshot.newest && snapshot.period.includes("-"))
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
    .flatMap(({ id, period, confirmedBy, results }) => {
      const result = results.find((one) => one.indicator === indicator);
      if (result === undefined) return [];
      const { numerator, denominator, sharePercent } = result;
      return [
        { snapshot: id, period, confirmed: confirmedBy !== null, numerator, denominator, sharePercent },
      ];
    });
}
