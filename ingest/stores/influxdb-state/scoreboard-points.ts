import { chosen } from "./device-points.ts";
import { stateFields, stateMeasurements, stateTags } from "./names.ts";
import { type StatePoint, statePoint } from "./state-line.ts";
import type { Finding, IndicatorNow, ModelNow, Scoreboard } from "./state-parts.ts";

const numberOf: Readonly<Record<Finding, number>> = { yes: 1, no: 0, "no-data": -1 };

export function scoreboardPoints({ models, indicators }: Scoreboard, atMs: number): StatePoint[] {
  return [
    ...models.map((model) => modelPoint(model, atMs)),
    ...indicators.map((indicator) => indicatorPoint(indicator, atMs)),
  ];
}

function modelPoint(now: ModelNow, atMs: number): StatePoint {
  return statePoint({
    measurement: stateMeasurements.linkageModels,
    tags: {
      ...chosen(stateTags.linkage, stateTags.linkageChoice, now.model),
      ...chosen(stateTags.province, stateTags.provinceChoice, now.province),
    },
    fields: {
      [stateFields.byTelemetry]: numberOf[now.byTelemetry],
      [stateFields.byAnyProof]: numberOf[now.byAnyProof],
      [stateFields.devices]: now.devices,
      [stateFields.countingDevices]: now.countingDevices,
      [stateFields.because]: now.because.vi,
      [stateFields.becauseEnglish]: now.because.en,
    },
    atMs,
  });
}

function indicatorPoint(now: IndicatorNow, atMs: number): StatePoint {
  return statePoint({
    measurement: stateMeasurements.indicators,
    tags: {
      ...chosen(stateTags.province, stateTags.provinceChoice, now.province),
      [stateTags.plan]: now.plan,
      [stateTags.indicator]: now.indicator,
    },
    fields: {
      [stateFields.name]: now.name.vi,
      [stateFields.numerator]: now.numerator,
      [stateFields.denominator]: now.denominator,
      [stateFields.noData]: now.noData,
      [stateFields.share]: now.denominator === 0 ? null : (now.numerator / now.denominator) * 100,
      [stateFields.target]: now.target,
      [stateFields.met]: numberOf[now.met],
    },
    atMs,
  });
}
