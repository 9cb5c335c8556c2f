import type { EvidenceCount } from "../evidence/count-evidence.ts";
import type { ModelVerdict } from "../evidence/judge-model.ts";
import type { Sentence } from "../evidence/sentence.ts";
import type { IndicatorResult } from "./count-indicators.ts";

export interface LackingModel {
  readonly model: string;
  readonly name: string;
  /** Conditions of rule and register that are not met; a model without any device lacks all of the rule's. */
  readonly lacking: number;
  readonly because: Sentence;
}

export interface ModelsToTarget {
  /** So many more must count. */
  readonly needed: number;
  /** All that do not count yet, those that lack least first. */
  readonly candidates: readonly LackingModel[];
}

/** Conditions of the rule: devices, completeness, use, position. */
const conditions = 4;

/**
 * Which models would have to count for an indicator of zone-tied models to reach its target, and what each lacks.
 *
 * @returns undefined for indicators that count no models
 */
export function modelsToTarget(
  result: IndicatorResult,
  { verdicts }: Pick<EvidenceCount, "verdicts">,
): ModelsToTarget | undefined {
  if (!/zone-models-(iot|digital)$/.test(result.indicator)) return undefined;
  const waiting = new Set(result.notCounted);
  const candidates = verdicts
    .filter(({ model }) => waiting.has(model))
    .map((verdict) => {
      const { model, name, because } = verdict;
      return { model, name, because, lacking: lackingOf(verdict) };
    });
  return {
    needed: stillNeeded(result),
    candidates: candidates.toSorted((a, b) => a.lacking - b.lacking || (a.model < b.model ? -1 : 1)),
  };
}

function lackingOf({ checks, lacks, iot }: ModelVerdict): number {
  return lacks.length + (iot === "no-data" ? conditions : checks.filter(({ met }) => !met).length);
}

function stillNeeded({ numerator, denominator, percent, operator }: IndicatorResult): number {
  const enough = (percent * denominator) / 100;
  const least = operator === "gt" ? Math.floor(enough) + 1 : Math.ceil(enough);
  return Math.max(0, least - numerator);
}
