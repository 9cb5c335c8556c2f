import {
  type IndicatorResult,
  indicatorNames,
  type ModelVerdict,
  modelsToTarget,
  type Sentence,
} from "../../../linkage/index.ts";
import type { LinkageScore } from "../../http/linkage-shapes.ts";

/**
 * How many models the target lacks, and what each model lacks: what lacks least comes first.
 *
 * @returns null when the plan has no target for models by telemetry
 */
export function shortfallOf(
  results: readonly IndicatorResult[],
  verdicts: readonly ModelVerdict[],
): LinkageScore["shortfall"] {
  const ofModels = results.filter(({ indicator }) => indicator.endsWith("zone-models-iot"));
  const target = ofModels.find(({ picked }) => picked) ?? ofModels[0];
  const reach = target && modelsToTarget(target, { verdicts });
  if (target === undefined || reach === undefined) return null;
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.model, verdict]));
  return {
    name: indicatorNames[target.indicator],
    percent: target.percent,
    operator: target.operator,
    missing: reach.needed,
    models: reach.candidates.map(({ model, name }) => {
      const verdict = verdictOf.get(model)!;
      return { id: model, name, iot: verdict.iot, lacks: lacksOf(verdict) };
    }),
  };
}

function lacksOf({ iot, checks, lacks }: ModelVerdict): Sentence[] {
  const failed = checks.filter(({ met }) => !met).map(({ because }) => because);
  return [...(iot === "no-data" ? [withoutDevice] : failed), ...lacks];
}

const withoutDevice: Sentence = {
  vi: "chưa có thiết bị nào đặt tại mô hình trong kỳ",
  en: "no device stood at the model in this period",
};
