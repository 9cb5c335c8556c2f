import {
  type CountingRule,
  countAmounts,
  countIndicators,
  type EvidenceCount,
  type ProvincePlan,
  type RegisterContents,
  type SnapshotBody,
  type UnitBook,
} from "../../linkage/index.ts";

/** What a snapshot freezes: the count of a plan's targets, with everything it stood on. */
export function snapshotBody(
  plan: ProvincePlan,
  period: string,
  evidence: EvidenceCount,
  parts: {
    readonly contents: RegisterContents;
    readonly units: UnitBook;
    readonly rule: CountingRule;
  },
): SnapshotBody {
  const indicators = countIndicators(plan, evidence, parts);
  const amounts = countAmounts(plan, evidence.period.to, parts);
  return { plan: plan.id, period, rule: parts.rule, register: parts.contents, evidence, indicators, amounts };
}
