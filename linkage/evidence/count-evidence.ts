import { type DateSpan, datesOf, spanMs, weekOf } from "../../calendar/index.ts";
import type { LinkageModel } from "../registry/linkage-model.ts";
import type { RegisterContents } from "../registry/record-kinds.ts";
import type { UnitBook } from "../units/unit-book.ts";
import { type CountingRule, ruleLabel } from "./counting-rule.ts";
import { eligibilityOf, runsOn } from "./eligibility.ts";
import type { DevicePlacement, EvidenceSource, HumanAct } from "./evidence-source.ts";
import { judgeDevice } from "./judge-device.ts";
import { judgeModel, type ModelVerdict } from "./judge-model.ts";
import { modelOf, type Stretch, stretchesAt } from "./participations.ts";
import { countedDays } from "./season.ts";

export interface CountParts {
  readonly contents: RegisterContents;
  readonly units: UnitBook;
  readonly source: EvidenceSource;
  readonly rule: CountingRule;
}

export interface EvidenceCount {
  readonly period: DateSpan;
  /** Version and fingerprint of the rule. */
  readonly rule: string;
  /** Of every model that runs on the last day of the period, sorted by id. */
  readonly verdicts: readonly ModelVerdict[];
}

/** Devices whose hours are held in memory at one time: a year is some 10 kB a quantity, and to ask once more costs as much as 500 of them. */
const devicesAtOnce = 750;

/**
 * Judges every running model over a period. The register stands as it was on the cut-off day; a device counts for one model
 * only, the one at which it stood longest.
 */
export async function countEvidence(period: DateSpan, parts: CountParts): Promise<EvidenceCount> {
  const { contents, source, rule } = parts;
  const models = contents.model.filter((model) => runsOn(model, period.to));
  const span = spanMs(period);
  // Snapshots that are older than these records have none.
  const { participation = [], calibration = [] } = contents;
  const placements = await source.placements(span);
  const teams = teamsOf(
    stretchesAt(
      placements.map((placement) => clipped(placement, span)),
      participation,
    ),
  );
  const acts = (await source.acts(span)).map((act) => ({ ...act, model: modelOf(act, participation) }));
  const weeks = weeksOfUse(acts, span);
  const dates = datesOf(period);
  const calibrations = Map.groupBy(calibration, ({ device }) => device);
  const judged = models.map((model) => ({
    model,
    ...groundsOf(model, dates, parts),
    devices: teams.get(model.id) ?? [],
  }));
  const verdicts: ModelVerdict[] = [];
  for (const batch of batches(judged)) {
    const devices = batch.flatMap((one) => one.devices.map(([device]) => device!.device));
    const hours = devices.length === 0 ? [] : await source.hours({ ...span, devices });
    const series = Map.groupBy(hours, ({ device }) => device);
    for (const { model, eligibility, days, devices: team } of batch) {
      const verdictsOfDevices = team.map((stretches) => {
        const { device } = stretches[0]!;
        const evidence = {
          device,
          placements: stretches,
          series: series.get(device) ?? [],
          calibrations: calibrations.get(device) ?? [],
        };
        return judgeDevice(evidence, days.dates, eligibility.zones, rule);
      });
      const used = weeks.get(model.id)?.size ?? 0;
      verdicts.push(
        judgeModel({ model, eligibility, days, devices: verdictsOfDevices, weeksOfUse: used, period }, rule),
      );
    }
  }
  return { period, rule: ruleLabel(rule), verdicts };
}

/** What the register alone says of a model: whether it is eligible, and to which days it is held. */
function groundsOf(model: LinkageModel, dates: readonly string[], { contents, rule, units }: CountParts) {
  const communes = [
    ...contents.zone.filter(({ id }) => model.zones.includes(id)),
    ...contents.cooperative.filter(({ id }) => model.cooperatives.includes(id)),
  ];
  return {
    eligibility: eligibilityOf(model, contents, dates.at(-1)!, rule, units),
    days: countedDays(model.product, communes, dates, rule, units),
  };
}

function clipped(
  placement: DevicePlacement,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): DevicePlacement {
  return { ...placement, fromMs: Math.max(placement.fromMs, fromMs), toMs: Math.min(placement.toMs, toMs) };
}

/** By model: each of its devices with the stretches for which it stood there, sorted by device. */
function teamsOf(stretches: readonly Stretch[]): Map<string, Stretch[][]> {
  const teams = new Map<string, Stretch[][]>();
  const byDevice = Map.groupBy(
    stretches.filter(({ fromMs, toMs }) => fromMs < toMs),
    ({ device }) => device,
  );
  for (const device of [...byDevice.keys()].toSorted()) {
    for (const [model, own] of Map.groupBy(longestAtOneHome(byDevice.get(device)!), (one) => one.model)) {
      const team = teams.get(model);
      if (team === undefined) teams.set(model, [own]);
      else team.push(own);
    }
  }
  return teams;
}

/**
 * One device for one model, however often it is moved: the one at which it stood longest, and of two the first by id. A place
 * that changed its model is one home, and its device counts for each model in its time.
 */
function longestAtOneHome(stretches: readonly Stretch[]): Stretch[] {
  const lasting = (of: readonly Stretch[]) => of.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const homeOf = ({ participation, place, model }: Stretch) =>
    participation === null ? `model ${model}` : `place ${place}`;
  const byHome = [...Map.groupBy(stretches, homeOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [, longest] = byHome.reduce((best, next) => (lasting(next[1]) > lasting(best[1]) ? next : best));
  return longest.toSorted((a, b) => a.fromMs - b.fromMs);
}

function weeksOfUse(acts: readonly HumanAct[], { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const weeks = new Map<string, Set<string>>();
  for (const { model, atMs } of acts) {
    if (model === null || atMs < fromMs || atMs >= toMs) continue;
    if (!weeks.has(model)) weeks.set(model, new Set());
    weeks.get(model)!.add(weekOf(atMs));
  }
  return weeks;
}

/** Models together, until they have as many devices as may be held at one time. */
function* batches<T extends { readonly devices: readonly unknown[] }>(models: readonly T[]): Generator<T[]> {
  let batch: T[] = [];
  let devices = 0;
  for (const model of models) {
    batch.push(model);
    devices += model.devices.length;
    if (devices < devicesAtOnce) continue;
    yield batch;
    batch = [];
    devices = 0;
  }
  if (batch.length > 0) yield batch;
}
