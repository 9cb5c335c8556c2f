import {
  type IndicatorResult,
  indicatorNames,
  type ModelVerdict,
  type Sentence,
} from "../../../linkage/index.ts";
import type { Lacking, LinkageScore } from "../../http/linkage-shapes.ts";

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
  if (target === undefined) return null;
  const open = new Set(target.notCounted);
  const { percent, operator } = target;
  return {
    name: indicatorNames[target.indicator],
    percent,
    operator,
    missing: missingOf(target),
    models: verdicts
      .filter(({ model }) => open.has(model))
      .map(lackingOf)
      .toSorted(byEffort),
  };
}

/** So many more would reach it: whole models, since a target of 50 % of 7 is 4. */
function missingOf({ numerator, denominator, percent, operator }: IndicatorResult): number {
  const bound = (percent * denominator) / 100;
  const needed = operator === "gt" ? Math.floor(bound) + 1 : Math.ceil(bound);
  return denominator === 0 ? 0 : Math.max(0, needed - numerator);
}

function lackingOf({ model, name, iot, checks, lacks }: ModelVerdict): Lacking {
  const failed = checks.filter(({ met }) => !met).map(({ because }) => because);
  const noDevice = iot === "no-data" ? [withoutDevice] : [];
  return { id: model, name, iot, lacks: [...noDevice, ...failed, ...lacks] };
}

const withoutDevice: Sentence = {
  vi: "chưa có thiết bị nào đặt tại mô hình trong kỳ",
  en: "no device stood at the model in this period",
};

/** A model with devices that fails one condition is nearer than one to which nobody has brought a device. */
function byEffort(a: Lacking, b: Lacking): number {
  const effort = ({ iot, lacks }: Lacking) => lacks.length + (iot === "no-data" ? 10 : 0);
  return effort(a) - effort(b) || (a.name < b.name ? -1 : 1);
}
